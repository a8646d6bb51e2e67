/** The handshake. */

import type { AppServerClient } from "../client/app-server-client.js";
import type { Terminal } from "../run-test-client.js";

/** Says who we are. */
export async function initialize(client: AppServerClient, terminal: Pick<Terminal, "stderr">): Promise<void> {
  const clientInfo = { name: "codex-toy-app-server", title: "Codex Toy App Server", version: "0.1.0" };
  const { userAgent } = await client.request("initialize", { clientInfo });
  client.notify("initialized");
  terminal.stderr(`connected to ${userAgent}\n`);
}
