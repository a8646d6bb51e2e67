/** 20,000 deltas of a message turned into what both streams of the app-server say, and written as lines. */

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

export default {
  name: "protocol: 20,000 deltas to v2 and legacy lines",
  unit: "ms",
  async measure() {
    const { legacyOf } = await import(join(root, "packages/protocol/src/index.js"));
    const { createV2State, v2Of } = await import(join(root, "packages/app-server-protocol/src/index.js"));
    const state = createV2State({ quoteCommand: (argv) => argv.join(" ") });
    const place = { threadId: "t", turnId: "0", at: "2026-11-20T16:41:38.480Z" };
    let bytes = 0;
    const start = performance.now();
    for (let seq = 0; seq < 20_000; seq++) {
      const event = { ...place, seq, type: "item.delta", itemId: "i", delta: { kind: "text", text: `word ${seq} ` } };
      for (const message of legacyOf(event, { showRawReasoning: false })) bytes += JSON.stringify(message).length;
      for (const message of v2Of(event, state)) bytes += JSON.stringify(message).length;
    }
    const taken = performance.now() - start;
    if (bytes === 0) throw new Error("nothing was said");
    return taken;
  },
};
