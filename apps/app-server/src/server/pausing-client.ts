/** A model client that stops reading while what it brings cannot be passed on. */

import type { ModelClient } from "@codex-ts/model-client";

/** @param congestion resolves when it may go on; null: at once */
export function pausing(client: ModelClient, congestion: () => Promise<unknown> | null): ModelClient {
  return {
    newRetryBudget: () => client.newRetryBudget(),
    compact: (request, options) => client.compact(request, options),
    stream: async function* (request, options) {
      for await (const batch of client.stream(request, options)) {
        yield batch;
        const jam = congestion();
        if (jam !== null) await Promise.race([jam, aborted(options.signal)]);
      }
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
