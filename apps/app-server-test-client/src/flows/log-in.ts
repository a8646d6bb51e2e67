/** A login in the browser, which the person opens. */

import type { AppServerClient } from "../client/app-server-client.js";
import type { Terminal } from "../run-test-client.js";

/** Prints the address and waits for the end of the login. */
export async function logIn(client: AppServerClient, terminal: Terminal): Promise<void> {
  const { authUrl } = await client.request("loginChatGpt", null);
  terminal.stderr(`Open this address in a browser:\n${authUrl}\n`);
  const { params } = await client.next(({ method }) => method === "loginChatGptComplete");
  terminal.stderr(`${JSON.stringify(params)}\n`);
}
