/** Asks the server to compact a conversation. */

import type { ResponseItem } from "@codex-ts/protocol";
import { isAzure } from "../contract/provider.js";
import type { CompactRequest } from "../contract/request.js";
import { ModelError } from "../errors/model-error.js";
import { subAgentHeader } from "../http/headers.js";
import { post, type Transport } from "../http/transport.js";
import { readWholeBody } from "../http/whole-body.js";
import { isRecord, parseRecord } from "../json.js";
import type { RetryBudget } from "../retry/budget.js";
import { bodyText, inputTexts } from "./body.js";
import { readResponseItem } from "./read-item.js";

/** One call, with silent retries only. See `ModelClient.compact`. */
export async function compactRemotely(
  transport: Transport,
  request: CompactRequest,
  retries: RetryBudget,
  signal: AbortSignal,
): Promise<ResponseItem[]> {
  if (request.input.length === 0) return [];
  const { model, instructions } = request;
  const input = inputTexts(request.input, isAzure(transport.provider));
  const json = bodyText({ head: { model }, input, tail: { instructions } });
  const { url, text } = await untilRead(transport, retries, signal, () =>
    post(transport, {
      path: "/responses/compact",
      accept: "*/*",
      headers: subAgentHeader(request.subAgent),
      body: () => ({ content: json, encoding: null }),
      retries,
      signal,
    }),
  );
  const output = parseRecord(text)?.["output"];
  if (!Array.isArray(output) || !output.every(isRecord)) {
    throw new ModelError("notAStream", `${url} did not answer with a compacted conversation.`);
  }
  return output.map(readResponseItem).filter((item) => item !== null && item.type !== "other");
}

// helpers

/** Sends again when the answer's body breaks, as when its headers never came. */
async function untilRead(
  { provider, sleep }: Transport,
  retries: RetryBudget,
  signal: AbortSignal,
  send: () => Promise<Response>,
): Promise<{ url: string; text: string }> {
  for (;;) {
    const response = await send();
    try {
      return { url: response.url, text: await readWholeBody(response, provider.streamIdleTimeoutMs, signal) };
    } catch (error) {
      const delay = error instanceof ModelError ? retries.takeSilentRetry(error) : null;
      if (delay === null) throw error;
      await sleep(delay, signal);
    }
  }
}
