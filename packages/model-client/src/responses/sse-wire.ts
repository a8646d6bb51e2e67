/** The Responses API over server-sent events. */

import type { ModelEvent } from "../contract/events.js";
import type { StreamOptions } from "../contract/client.js";
import { isAzure } from "../contract/provider.js";
import type { ModelRequest } from "../contract/request.js";
import { turnHeaders } from "../http/headers.js";
import { eventStreamBody } from "../http/event-stream.js";
import { post, type Transport } from "../http/transport.js";
import type { BodyEncoder } from "../http/compression.js";
import { readEventStream } from "../sse/read-stream.js";
import { bodyText, responsesBody } from "./body.js";
import { ResponsesDecoder } from "./decoder.js";
import { headerEvents } from "./response-headers.js";

/** What this wire needs besides the transport. */
export interface ResponsesWire {
  transport: Transport;
  betaFeatures: readonly string[];
  /** Made once, when the first request is sent. */
  encoder: () => Promise<BodyEncoder>;
}

/** One attempt at a streamed response; see `ModelClient.stream`. */
export async function* streamResponses(
  wire: ResponsesWire,
  request: ModelRequest,
  { signal, turn, retries }: StreamOptions,
): AsyncGenerator<readonly ModelEvent[], void, void> {
  const { provider } = wire.transport;
  const encode = await wire.encoder();
  const json = bodyText(responsesBody(request, isAzure(provider)));
  const response = await post(wire.transport, {
    path: "/responses",
    accept: "text/event-stream",
    headers: turnHeaders({
      threadId: request.threadId,
      betaFeatures: wire.betaFeatures,
      webSearchEligible: request.webSearchEligible,
      turnState: turn.turnState,
      subAgent: request.subAgent,
    }),
    body: (credentials) => encode(json, credentials),
    retries,
    signal,
  });
  turn.noteTurnState(response.headers.get("x-codex-turn-state"));
  const body = eventStreamBody(response);
  yield headerEvents(response.headers);
  yield* readEventStream(body, new ResponsesDecoder(), provider.streamIdleTimeoutMs, signal);
}
