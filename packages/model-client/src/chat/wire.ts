/** The Chat Completions wire. */

import type { StreamOptions } from "../contract/client.js";
import type { ModelEvent } from "../contract/events.js";
import type { ModelRequest } from "../contract/request.js";
import { ModelError } from "../errors/model-error.js";
import { eventStreamBody } from "../http/event-stream.js";
import { threadHeaders } from "../http/headers.js";
import { post, type Transport } from "../http/transport.js";
import { readEventStream } from "../sse/read-stream.js";
import { chatBody } from "./body.js";
import { ChatDecoder } from "./decoder.js";

/** Makes this wire's `ModelClient.stream`. */
export function chatWire(transport: Transport) {
  /** Cleared when the server turns out not to know `stream_options`. */
  let asksForUsage = true;

  const send = async (request: ModelRequest, { retries, signal }: StreamOptions): Promise<Response> => {
    const json = JSON.stringify(chatBody(request, asksForUsage));
    return await post(transport, {
      path: "/chat/completions",
      accept: "text/event-stream",
      headers: threadHeaders(request.threadId, request.subAgent),
      body: () => ({ content: json, encoding: null }),
      retries,
      signal,
    });
  };

  return async function* stream(
    request: ModelRequest,
    options: StreamOptions,
  ): AsyncGenerator<readonly ModelEvent[], void, void> {
    let response: Response;
    try {
      response = await send(request, options);
    } catch (error) {
      if (!asksForUsage || !refusesUsage(error)) throw error;
      asksForUsage = false;
      response = await send(request, options);
    }
    const idle = transport.provider.streamIdleTimeoutMs;
    yield* readEventStream(eventStreamBody(response), new ChatDecoder(), idle, options.signal);
  };
}

function refusesUsage(error: unknown): boolean {
  return error instanceof ModelError && error.kind === "badRequest" && error.message.includes("stream_options");
}
