/** Flows of one request. */

import type { AppServerClient } from "../client/app-server-client.js";
import type { Terminal } from "../run-test-client.js";

/** Prints the models, the default one marked. */
export async function listModels(client: AppServerClient, terminal: Terminal): Promise<void> {
  const { data } = await client.request("model/list", {});
  for (const { model, isDefault } of data) terminal.stderr(`${model}${isDefault ? " (default)" : ""}\n`);
}

/** Prints the stored threads. */
export async function listThreads(client: AppServerClient, terminal: Terminal): Promise<void> {
  const { data } = await client.request("thread/list", {});
  for (const { id, preview } of data) terminal.stderr(`${id} ${preview.split("\n")[0]}\n`);
}

/** Prints the account's limits. */
export async function readRateLimits(client: AppServerClient, terminal: Terminal): Promise<void> {
  const { rateLimits } = await client.request("account/rateLimits/read", null);
  terminal.stderr(`${JSON.stringify(rateLimits)}\n`);
}
