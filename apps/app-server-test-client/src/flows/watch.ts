/** Listens to a thread until the person ends the input. */

import type { AppServerClient } from "../client/app-server-client.js";
import type { Terminal } from "../run-test-client.js";

/** @param threadId null: only what concerns no thread is heard */
export async function watch(client: AppServerClient, threadId: string | null, terminal: Terminal): Promise<void> {
  if (threadId !== null) await client.request("thread/resume", { threadId });
  terminal.stderr("watching; end the input (Ctrl-D) to stop\n");
  const ended = client.next(() => false);
  const input = untilEnd(terminal.lines());
  // The end of the server is an error, the end of the input is not.
  await Promise.race([ended, input]);
  ended.catch(() => undefined); // the server that ends after the input did is no error any more
}

async function untilEnd(lines: AsyncIterable<string>): Promise<void> {
  for await (const _line of lines) {
    // only the end matters
  }
}
