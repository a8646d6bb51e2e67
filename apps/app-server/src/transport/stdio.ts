/** The process's own stdin and stdout as a channel. Neither direction ever blocks the process. */

import type { Channel } from "./channel.js";

/** The channel of a server that has one client. */
export async function stdioChannel(): Promise<Channel> {
  if (process.versions["bun"] !== undefined) {
    const { bunStdio } = await import("./bun-stdio.js");
    return bunStdio();
  }
  const { nodeStdio } = await import("./node-stdio.js");
  return nodeStdio();
}
