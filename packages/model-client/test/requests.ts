/** Requests and clients for tests. */

import type { ModelProviderInfo } from "@codex-ts/config";
import type { FakeModel } from "@codex-ts/test-support";
import {
  createModelClient,
  ModelError,
  TurnConnection,
  type ModelClient,
  type ModelClientOptions,
  type ModelEvent,
  type ModelRequest,
} from "../src/index.js";

export const request: ModelRequest = {
  model: "gpt-5.1-codex",
  instructions: "Be brief.",
  input: [{ type: "message", role: "user", content: [{ type: "input_text", text: "Say hello" }] }],
  tools: [],
  parallelToolCalls: false,
  reasoning: { summary: "auto" },
  promptCacheKey: "thread-1",
  threadId: "thread-1",
  webSearchEligible: true,
};

export const testProvider: ModelProviderInfo = {
  id: "test",
  name: "test",
  baseUrl: null,
  envKey: null,
  envKeyInstructions: null,
  experimentalBearerToken: null,
  wireApi: "responses",
  queryParams: {},
  httpHeaders: {},
  envHttpHeaders: {},
  requestMaxRetries: 4,
  streamMaxRetries: 5,
  streamIdleTimeoutMs: 300_000,
  requiresOpenaiAuth: false,
  builtIn: false,
};

export interface TestClientOptions extends Partial<Omit<ModelClientOptions, "provider">> {
  provider?: Partial<ModelProviderInfo>;
}

/** A client that never waits: the delays it would have slept are in `delays`. */
export function testClient(
  server: Pick<FakeModel, "url">,
  { provider, ...options }: TestClientOptions = {},
): { client: ModelClient; delays: number[] } {
  const delays: number[] = [];
  const client = createModelClient({
    provider: { ...testProvider, baseUrl: server.url, ...provider },
    credentials: async () => null,
    identity: { originator: "probe", userAgent: "probe/0.1.0 (Debian 12.0.0; x86_64) xterm" },
    env: {},
    random: () => 0.5,
    sleep: async (ms) => {
      delays.push(ms);
    },
    ...options,
  });
  return { client, delays };
}

/** One attempt: its events in order, and the error that ended it. */
export async function attempt(
  client: ModelClient,
  options: {
    request?: Partial<ModelRequest>;
    signal?: AbortSignal;
    turn?: TurnConnection;
    /** Called with each event as it comes. */
    onEvent?: (event: ModelEvent) => void;
  } = {},
): Promise<{ events: ModelEvent[]; error: ModelError | null }> {
  const events: ModelEvent[] = [];
  try {
    const stream = client.stream(
      { ...request, ...options.request },
      {
        signal: options.signal ?? new AbortController().signal,
        turn: options.turn ?? new TurnConnection(),
        retries: client.newRetryBudget(),
      },
    );
    for await (const batch of stream) {
      for (const event of batch) options.onEvent?.(event);
      events.push(...batch);
    }
    return { events, error: null };
  } catch (error) {
    if (error instanceof ModelError) return { events, error };
    throw error;
  }
}
