/** The Responses API over a websocket: one connection per turn, and only the new items on later requests. */

import type { StreamOptions } from "../contract/client.js";
import type { ModelEvent } from "../contract/events.js";
import type { ModelRequest } from "../contract/request.js";
import { httpError } from "../errors/http-error.js";
import { disconnected } from "../errors/model-error.js";
import { authHeaders, providerHeaders, turnHeaders } from "../http/headers.js";
import {
  connectionError,
  HEADERS_PATIENCE,
  readCredentials,
  renewCredentials,
  untilHeaders,
  type Transport,
} from "../http/transport.js";
import { endpointUrl, websocketUrl } from "../http/url.js";
import { responsesBody } from "../responses/body.js";
import { ResponsesDecoder } from "../responses/decoder.js";
import { IdleWatch } from "../sse/idle-watch.js";
import { openWebSocket, type Received } from "./connection.js";
import { TurnChannel } from "./turn-channel.js";

/** What this wire needs besides the transport. */
export interface WebSocketWire {
  transport: Transport;
  betaFeatures: readonly string[];
}

/** One attempt at a streamed response; see `ModelClient.stream`. There are no silent retries on this wire. */
export async function* streamOverWebSocket(
  wire: WebSocketWire,
  request: ModelRequest,
  options: StreamOptions,
): AsyncGenerator<readonly ModelEvent[], void, void> {
  const channel = await openChannel(wire, request, options);
  const { signal } = options;
  // An abort that came while the connection was opened would never be heard.
  signal.throwIfAborted();
  const close = (): void => channel.close();
  signal.addEventListener("abort", close, { once: true });
  const idle = new IdleWatch(wire.transport.provider.streamIdleTimeoutMs, close);
  let complete = false;
  try {
    channel.request(responsesBody(request, false));
    if (channel.reasoningIncluded) yield [{ type: "reasoningIncluded" }];
    const decoder = new ResponsesDecoder({ errorsEndStream: true });
    while (!complete) {
      const received = await channel.receive();
      signal.throwIfAborted();
      if (idle.expired) throw disconnected("idleTimeout", "idle timeout waiting for websocket");
      const result = decode(decoder, received);
      idle.paused = true;
      if (result.batch.length > 0) yield result.batch;
      idle.paused = false;
      idle.touch();
      if (result.failure !== null) throw result.failure.error;
      complete = result.complete;
    }
  } finally {
    idle.stop();
    signal.removeEventListener("abort", close);
    if (!complete) channel.close();
  }
}

function decode(
  decoder: ResponsesDecoder,
  received: readonly Received[],
): { batch: ModelEvent[]; complete: boolean; failure: { error: unknown } | null } {
  const batch: ModelEvent[] = [];
  try {
    const complete = received.some((frame) => decoder.read(textOf(frame), batch) === "complete");
    return { batch, complete, failure: null };
  } catch (error) {
    return { batch, complete: false, failure: { error } };
  }
}

function textOf(frame: Received): string {
  switch (frame.kind) {
    case "text":
      return frame.text;
    case "binary":
      throw disconnected("streamClosed", "unexpected binary websocket event");
    case "close":
      throw disconnected("streamClosed", "websocket closed by server before response.completed");
    case "broken":
      throw disconnected("streamClosed", frame.error.message, { cause: frame.error });
  }
}

/** The turn's connection, opened when there is none (any more). */
async function openChannel(wire: WebSocketWire, request: ModelRequest, options: StreamOptions): Promise<TurnChannel> {
  const { turn } = options;
  if (turn.channel instanceof TurnChannel && turn.channel.isOpen) return turn.channel;
  turn.channel?.close();
  const channel = await connect(wire, request, options);
  turn.channel = channel;
  turn.noteTurnState(channel.turnState);
  return channel;
}

async function connect(
  wire: WebSocketWire,
  request: ModelRequest,
  { turn, signal }: StreamOptions,
): Promise<TurnChannel> {
  const { transport } = wire;
  const { provider, env } = transport;
  for (let unauthorized = 1; ; unauthorized += 1) {
    const credentials = await readCredentials(transport);
    const url = websocketUrl(endpointUrl(provider, credentials, "/responses"));
    const headers = {
      ...providerHeaders(provider, env),
      ...turnHeaders({
        threadId: request.threadId,
        betaFeatures: wire.betaFeatures,
        webSearchEligible: request.webSearchEligible,
        turnState: turn.turnState,
        subAgent: request.subAgent,
      }),
      ...authHeaders(provider, credentials, env),
    };
    const patienceMs = HEADERS_PATIENCE * provider.streamIdleTimeoutMs;
    const handshake = await untilHeaders(patienceMs, signal, (bounded) => openWebSocket(url, headers, bounded)).catch(
      (error: unknown) => {
        signal.throwIfAborted();
        throw connectionError(url, error);
      },
    );
    if (handshake.accepted) return new TurnChannel(handshake.connection, handshake.headers);
    const { status, body } = handshake;
    if (status === 401 && (await renewCredentials(transport, unauthorized))) continue;
    const { STATUS_CODES } = await import("node:http");
    const statusText = STATUS_CODES[status] ?? "";
    throw httpError({ url, status, statusText, headers: handshake.headers, body }, transport.now());
  }
}
