/** The process's own stdin and stdout as a channel. Neither direction ever blocks the process. */

import { stdinBytes, stdoutWriter } from "@codex-ts/launch";
import type { Channel } from "./channel.js";

/** The channel of a server that has one client. */
export function stdioChannel(): Channel {
  const compiled = process.versions["bun"] !== undefined;
  return {
    input: stdinBytes(),
    write: stdoutWriter(),
    // In the compiled program nothing is to be done: the process ends, and its descriptors with it.
    close: () => (compiled ? undefined : process.stdin.destroy()),
  };
}
