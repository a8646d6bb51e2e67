/** One POST to a provider: credentials, silent retries, renewal after a 401, and errors in our words. */

import type { ModelProviderInfo } from "@codex-ts/config";
import type { Credentials, UnauthorizedOutcome } from "@codex-ts/auth";
import { httpError } from "../errors/http-error.js";
import { disconnected, ModelError } from "../errors/model-error.js";
import type { RetryBudget } from "../retry/budget.js";
import type { Sleep } from "../retry/sleep.js";
import { LONGEST_TIMER_MS } from "../sse/idle-watch.js";
import {
  authHeaders,
  identityHeaders,
  providerHeaders,
  type Environment,
  type HeaderMap,
  type Identity,
} from "./headers.js";
import { endpointUrl } from "./url.js";

/** As much of `fetch` as is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What requests to a provider have in common. */
export interface Transport {
  provider: ModelProviderInfo;
  credentials: () => Promise<Credentials | null>;
  /** Called after the n-th 401 of one request, n from 1. */
  onUnauthorized: (step: number) => Promise<UnauthorizedOutcome>;
  identity: Identity;
  env: Environment;
  fetch: Fetch;
  sleep: Sleep;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** What one request has of its own. */
export interface Post {
  path: string;
  accept: string;
  headers: HeaderMap;
  /** Called for every attempt, with the credentials it will use. */
  body: (credentials: Credentials | null) => { content: string | Uint8Array<ArrayBuffer>; encoding: string | null };
  retries: RetryBudget;
  signal: AbortSignal;
}

/** A model may think for longer than the minutes after which Bun's fetch gives up; other runtimes ignore it. */
const NO_TIMEOUT = { timeout: false };

/**
 * How many idle times a server may take until its headers come. Local servers read a long prompt before they answer at
 * all; a connection that died without a word must not be waited for for ever.
 */
export const HEADERS_PATIENCE = 4;

/** A login is renewed in at most so many steps per request. */
const UNAUTHORIZED_STEPS = 3;

/**
 * Sends until there is an answer with status 2xx.
 * @throws {ModelError}
 * @throws the signal's reason when it was aborted
 */
export async function post(transport: Transport, request: Post): Promise<Response> {
  let unauthorized = 0;
  for (;;) {
    const result = await attemptPost(transport, request);
    if (!(result instanceof ModelError)) return result;
    if (result.httpStatus === 401) {
      unauthorized += 1;
      if (await renewCredentials(transport, unauthorized)) continue;
    }
    const delay = request.retries.takeSilentRetry(result);
    if (delay === null) throw result;
    await transport.sleep(delay, request.signal);
  }
}

async function attemptPost(transport: Transport, request: Post): Promise<Response | ModelError> {
  const credentials = await readCredentials(transport);
  const { provider, env } = transport;
  const url = endpointUrl(provider, credentials, request.path);
  const { content, encoding } = request.body(credentials);
  const headers = {
    ...identityHeaders(transport.identity),
    "content-type": "application/json",
    ...providerHeaders(provider, env),
    ...request.headers,
    ...(encoding === null ? {} : { "content-encoding": encoding }),
    accept: request.accept,
    ...authHeaders(provider, credentials, env),
  };
  request.signal.throwIfAborted();
  let response: Response;
  try {
    const init = { method: "POST", headers, body: content, ...NO_TIMEOUT };
    response = await untilHeaders(HEADERS_PATIENCE * provider.streamIdleTimeoutMs, request.signal, (signal) =>
      transport.fetch(url, { ...init, signal }),
    );
  } catch (error) {
    request.signal.throwIfAborted();
    if (error instanceof ModelError) return error;
    return connectionError(url, error);
  }
  return response.ok ? response : await refusal(response, url, transport, request.signal);
}

/**
 * The login's credentials.
 * @throws {ModelError} `unauthorized` when a login is needed and there is none, or it cannot be read
 */
export async function readCredentials(transport: Pick<Transport, "credentials">): Promise<Credentials | null> {
  try {
    return await transport.credentials();
  } catch (error) {
    throw new ModelError("unauthorized", error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Runs a request whose signal also ends when its headers take too long, with an error named `TimeoutError`. */
export async function untilHeaders<T>(
  ms: number,
  signal: AbortSignal,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(
    () => late.abort(new DOMException("no answer", "TimeoutError")),
    Math.min(ms, LONGEST_TIMER_MS),
  );
  try {
    return await send(AbortSignal.any([signal, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}

async function refusal(
  response: Response,
  url: string,
  transport: Transport,
  signal: AbortSignal,
): Promise<ModelError> {
  const body = await readErrorBody(response);
  signal.throwIfAborted();
  const { STATUS_CODES } = await import("node:http");
  const { status, headers } = response;
  return httpError({ url, status, statusText: STATUS_CODES[status] ?? "", headers, body }, transport.now());
}

/** An error's words come at once or not at all. */
const ERROR_BODY_MS = 10_000;
const LONGEST_ERROR_BODY = 1024 * 1024;

/** An answer that breaks off or stalls still has its status; what came of its body is used. */
async function readErrorBody(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const giveUp = (): void => void reader.cancel().catch(() => {});
  const timer = setTimeout(giveUp, ERROR_BODY_MS);
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += decoder.decode(part.value, { stream: true });
      if (text.length > LONGEST_ERROR_BODY) giveUp();
    }
  } catch {
    // The status, and what came until then, say what happened.
  } finally {
    clearTimeout(timer);
  }
  return text;
}

/**
 * After a request's `step`-th 401.
 * @returns whether to try again with what the login now has
 * @throws {ModelError} when renewing failed
 */
export async function renewCredentials(transport: Transport, step: number): Promise<boolean> {
  if (step > UNAUTHORIZED_STEPS) return false;
  const outcome = await transport.onUnauthorized(step);
  switch (outcome.kind) {
    case "retry":
      return true;
    case "exhausted":
      return false;
    case "failed":
      if (outcome.permanent) throw new ModelError("unauthorized", outcome.message, { httpStatus: 401 });
      throw disconnected("connection", outcome.message, { httpStatus: 401 });
  }
}

/** Why there was no answer. */
export function connectionError(url: string, error: unknown): ModelError {
  if (error instanceof Error && error.name === "TimeoutError") {
    return disconnected("connection", `timed out waiting for ${url}`, { cause: error });
  }
  return disconnected("connection", `error sending request for url (${url})`, { cause: error });
}
