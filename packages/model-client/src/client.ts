/** Makes the client for a provider: chooses the wire and gives it what all requests share. */

import type { Credentials, UnauthorizedOutcome } from "@codex-ts/auth";
import type { ModelProviderInfo, WireApi } from "@codex-ts/config";
import type { ModelClient } from "./contract/client.js";
import { compressedBody, plainBody, type BodyEncoder } from "./http/compression.js";
import type { Environment, Identity } from "./http/headers.js";
import { environmentFetch } from "./http/proxy.js";
import type { Fetch, Transport } from "./http/transport.js";
import { compactRemotely } from "./responses/compact.js";
import { streamResponses, type ResponsesWire } from "./responses/sse-wire.js";
import { RetryBudget } from "./retry/budget.js";
import { sleep, type Sleep } from "./retry/sleep.js";

/** What a client is made of; everything that touches the world is passed in. */
export interface ModelClientOptions {
  provider: ModelProviderInfo;
  /** The login's credentials, read before every request; null when there are none. The provider's own key wins over them. */
  credentials: () => Promise<Credentials | null>;
  /** Asked after a 401: `step` is 1 for the first of a request. Default: nothing can be renewed. */
  onUnauthorized?: (step: number) => Promise<UnauthorizedOutcome>;
  identity: Identity;
  /** Keys of the enabled experimental features. */
  betaFeatures?: readonly string[];
  /** The feature `enable_request_compression`. */
  compressRequests?: boolean;
  env: Environment;
  fetch?: Fetch;
  sleep?: Sleep;
  /** In [0, 1). */
  random?: () => number;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** A client for one provider. Nothing is opened before the first request. */
export function createModelClient(options: ModelClientOptions): ModelClient {
  const { provider } = options;
  const newRetryBudget = (): RetryBudget => new RetryBudget(provider, options.random);
  const transport: Transport = {
    provider,
    credentials: options.credentials,
    onUnauthorized: options.onUnauthorized ?? (async () => ({ kind: "exhausted" })),
    identity: options.identity,
    env: options.env,
    fetch: options.fetch ?? environmentFetch(options.env),
    sleep: options.sleep ?? sleep,
    now: options.now ?? Date.now,
  };
  const wire: ResponsesWire = {
    transport,
    betaFeatures: options.betaFeatures ?? [],
    encoder: once(async (): Promise<BodyEncoder> => (options.compressRequests ? compressedBody(provider) : plainBody)),
  };
  return {
    newRetryBudget,
    stream: streamOf(provider.wireApi, wire),
    compact: (request, { signal }) => compactRemotely(transport, request, newRetryBudget(), signal),
  };
}

/** The way to speak that the provider asks for; the rarer ones are loaded when first used. */
function streamOf(api: WireApi, wire: ResponsesWire): ModelClient["stream"] {
  switch (api) {
    case "responses":
      return (request, options) => streamResponses(wire, request, options);
    case "chat": {
      const chat = once(async () => (await import("./chat/wire.js")).chatWire(wire.transport));
      return async function* (request, options) {
        const stream = await chat();
        yield* stream(request, options);
      };
    }
    case "responses_websocket":
      return async function* (request, options) {
        const { streamOverWebSocket } = await import("./websocket/wire.js");
        yield* streamOverWebSocket(wire, request, options);
      };
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}
