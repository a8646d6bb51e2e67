/** Time to read a response of 20,000 text deltas from a loopback server: HTTP, cutting, parsing, events. */

import { Worker } from "node:worker_threads";
import { createModelClient, TurnConnection } from "../../packages/model-client/src/index.js";

const DELTAS = 20_000;

/** Runs beside the measured thread, so that only the client's work counts. */
const server = `
const { createServer } = require("node:http");
const { parentPort } = require("node:worker_threads");
const line = (event) => "event: " + event.type + "\\ndata: " + JSON.stringify(event) + "\\n\\n";
let body = line({ type: "response.created", response: { id: "r" } });
body += line({ type: "response.output_item.added", output_index: 0, item: { type: "message", role: "assistant", id: "m", content: [] } });
for (let n = 0; n < ${DELTAS}; n++) {
  body += line({ type: "response.output_text.delta", item_id: "m", output_index: 0, content_index: 0, delta: "word" + n + " " });
}
body += line({ type: "response.completed", response: { id: "r", usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 } } });
const bytes = Buffer.from(body);
createServer((request, response) => {
  request.resume().on("end", () => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (let at = 0; at < bytes.length; at += 4096) response.write(bytes.subarray(at, at + 4096));
    response.end();
  });
}).listen(0, "127.0.0.1", function () { parentPort.postMessage(this.address().port); });
`;

export default {
  name: "SSE, 20,000 deltas (client only)",
  unit: "ms",
  async measure() {
    const worker = new Worker(server, { eval: true });
    try {
      const port = await new Promise((resolve) => worker.once("message", resolve));
      const client = createModelClient({
        provider: {
          name: "bench",
          baseUrl: `http://127.0.0.1:${port}/v1`,
          wireApi: "responses",
          queryParams: {},
          httpHeaders: {},
          envHttpHeaders: {},
          envKey: null,
          experimentalBearerToken: null,
          requestMaxRetries: 0,
          streamMaxRetries: 0,
          streamIdleTimeoutMs: 60_000,
        },
        credentials: async () => null,
        identity: { originator: "bench", userAgent: "bench" },
        env: {},
      });
      const request = {
        model: "m",
        instructions: "",
        input: [],
        tools: [],
        parallelToolCalls: false,
        reasoning: null,
        promptCacheKey: "t",
        threadId: "t",
        webSearchEligible: false,
      };
      const started = performance.now();
      let deltas = 0;
      const options = {
        signal: new AbortController().signal,
        turn: new TurnConnection(),
        retries: client.newRetryBudget(),
      };
      for await (const batch of client.stream(request, options)) {
        for (const event of batch) if (event.type === "textDelta") deltas += 1;
      }
      const took = performance.now() - started;
      if (deltas !== DELTAS) throw new Error(`expected ${DELTAS} deltas, got ${deltas}`);
      return took;
    } finally {
      await worker.terminate();
    }
  },
};
