/** A model client that stops reading while what it brings cannot be passed on. */

import type { ModelClient } from "@codex-ts/model-client";

/** @param congestion resolves when it may go on; null: at once */
export function pausing(client: ModelClient, congestion: () => Promise<unknown> | null): ModelClient {
  return {
    newRetryBudget: () => client.newRetryBudget(),
    compact: (request, options) => client.compact(request, options),
    stream: async function* (request, options) {
      const cut = Promise.withResolvers<void>();
      const onAbort = (): void => cut.resolve();
      options.signal.addEventListener("abort", onAbort);
      try {
        for await (const batch of client.stream(request, options)) {
          yield batch;
          const jam = options.signal.aborted ? null : congestion();
          if (jam !== null) await Promise.race([jam, cut.promise]);
        }
      } finally {
        options.signal.removeEventListener("abort", onAbort);
      }
    },
  };
}
