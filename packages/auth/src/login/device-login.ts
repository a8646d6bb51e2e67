/** Logs in on another device: a code is shown here and entered there. */

import { setTimeout as delay } from "node:timers/promises";
import type { Fetch } from "../session/refresh-request.js";
import type { StoredLogin } from "../stored/stored-login.js";
import { CLIENT_ID, DEFAULT_ISSUER } from "./issuer.js";
import { DeviceLoginUnavailable, LoginError } from "./errors.js";
import { checkWorkspace, exchangeCode, newLogin, type Exchange } from "./token-exchange.js";

/** What a device login depends on. */
export interface DeviceLoginOptions {
  /** Keeps the login; see AuthManager.save. */
  readonly save: (login: StoredLogin) => Promise<void>;
  /** `forced_chatgpt_workspace_id` */
  readonly workspaceId?: string | null;
  readonly issuer?: string;
  readonly clientId?: string;
  readonly fetch?: Fetch;
  readonly now?: () => Date;
  readonly signal?: AbortSignal;
  /** Waits between two polls; for tests. */
  readonly sleep?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** A code to show. */
export interface DeviceCode {
  /** Where it is entered. */
  readonly verificationUrl: string;
  readonly userCode: string;
  readonly deviceAuthId: string;
  /** Milliseconds between two polls. */
  readonly intervalMs: number;
}

const LIFETIME_MS = 15 * 60_000;
const TIMEOUT_MS = 30_000;

/**
 * Asks for a code.
 * @throws DeviceLoginUnavailable, LoginError
 */
export async function requestDeviceCode(options: DeviceLoginOptions): Promise<DeviceCode> {
  const { issuer, clientId } = exchangeOf(options);
  const response = await post(options, "usercode", { client_id: clientId });
  if (response.status === 404) {
    throw new DeviceLoginUnavailable();
  }
  if (!response.ok) {
    throw new LoginError(`device code request failed with status ${statusText(response)}`);
  }
  const answer = await json(response);
  const deviceAuthId = answer["device_auth_id"];
  const userCode = answer["user_code"] ?? answer["usercode"];
  if (typeof deviceAuthId !== "string" || typeof userCode !== "string") {
    throw new LoginError("the answer to the device code request has no code");
  }
  const seconds = Number(answer["interval"] ?? 0);
  const intervalMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
  return { verificationUrl: `${issuer}/codex/device`, userCode, deviceAuthId, intervalMs };
}

/**
 * Waits until the code was entered, and keeps the login.
 * @throws LoginError; the signal's reason
 */
export async function completeDeviceLogin(code: DeviceCode, options: DeviceLoginOptions): Promise<void> {
  const exchange = exchangeOf(options);
  const { authorizationCode, verifier } = await poll(code, options);
  const redirectUri = `${exchange.issuer}/deviceauth/callback`;
  const tokens = await orFail(exchangeCode(exchange, authorizationCode, redirectUri, verifier));
  checkWorkspace(tokens, options.workspaceId ?? null);
  options.signal?.throwIfAborted();
  await options.save(newLogin(tokens, null, new Date(now(options))));
}

// polling

async function poll(
  code: DeviceCode,
  options: DeviceLoginOptions,
): Promise<{ authorizationCode: string; verifier: string }> {
  const deadline = now(options) + LIFETIME_MS;
  const wait = options.sleep ?? sleep;
  for (;;) {
    options.signal?.throwIfAborted();
    const response = await post(options, "token", { device_auth_id: code.deviceAuthId, user_code: code.userCode });
    if (response.ok) {
      return authorization(await json(response));
    }
    await response.arrayBuffer();
    if (response.status !== 403 && response.status !== 404) {
      throw new LoginError(`device auth failed with status ${statusText(response)}`);
    }
    if (now(options) + code.intervalMs >= deadline) {
      throw new LoginError("device auth timed out after 15 minutes");
    }
    await wait(Math.max(code.intervalMs, MIN_INTERVAL_MS), options.signal);
  }
}

/** An issuer that names no interval is not asked without pause. */
const MIN_INTERVAL_MS = 250;

function authorization(answer: Record<string, unknown>): { authorizationCode: string; verifier: string } {
  const { authorization_code: authorizationCode, code_verifier: verifier } = answer;
  if (typeof authorizationCode !== "string" || typeof verifier !== "string") {
    throw new LoginError("the answer to the device login has no authorization code");
  }
  return { authorizationCode, verifier };
}

async function orFail<T>(exchange: Promise<T>): Promise<T> {
  try {
    return await exchange;
  } catch (error) {
    throw new LoginError(
      `device code exchange failed: ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
}

// requests

function exchangeOf(options: DeviceLoginOptions): Exchange {
  const issuer = (options.issuer ?? DEFAULT_ISSUER).replace(/\/+$/, "");
  return { issuer, clientId: options.clientId ?? CLIENT_ID, fetch: options.fetch ?? fetch };
}

async function post(options: DeviceLoginOptions, path: string, body: Record<string, string>): Promise<Response> {
  const { issuer, fetch } = exchangeOf(options);
  const url = `${issuer}/api/accounts/deviceauth/${path}`;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]),
    });
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new LoginError(
      `error sending request for url (${url}): ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
}

async function json(response: Response): Promise<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(await response.text());
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch (error) {
    throw new LoginError("the answer of the device login is not JSON", error);
  }
}

function statusText({ status, statusText: text }: Response): string {
  return text === "" ? String(status) : `${status} ${text}`;
}

function now(options: DeviceLoginOptions): number {
  return (options.now?.() ?? new Date()).getTime();
}

async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, signal === undefined ? {} : { signal });
}
