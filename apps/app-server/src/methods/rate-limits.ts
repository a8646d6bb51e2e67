/** Asks the ChatGPT backend for the account's limits. */

import { rateLimitsToV2, type RateLimitSnapshot } from "@codex-ts/app-server-protocol";
import { headerText } from "@codex-ts/launch";
import type { RateLimitWindow } from "@codex-ts/protocol";
import { internalError, invalidRequest, messageOf } from "../router/rpc-error.js";
import type { Engine } from "../server/engine.js";

const TIMEOUT_MS = 30_000;

/** @throws {RpcError} */
export async function rateLimits({ auth, config, server }: Engine): Promise<RateLimitSnapshot> {
  const credentials = await auth.credentials();
  if (credentials === null) throw invalidRequest("codex account authentication required to read rate limits");
  if (credentials.kind !== "chatgpt") throw invalidRequest("chatgpt authentication required to read rate limits");
  const url = usageUrl(config.chatgptBaseUrl);
  try {
    const response = await fetch(url, {
      headers: {
        authorization: `Bearer ${credentials.token}`,
        "user-agent": headerText(server.userAgent),
        ...(credentials.accountId === null ? {} : { "chatgpt-account-id": credentials.accountId }),
      },
      signal: AbortSignal.any([server.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (!response.ok) throw new Error(`GET ${url} failed: ${response.status}; body=${await response.text()}`);
    return rateLimitsToV2(snapshotOf(await response.json()));
  } catch (error) {
    throw internalError(`failed to fetch codex rate limits: ${messageOf(error)}`, error);
  }
}

// helpers

/** The backend's paths differ between its hosts. */
function usageUrl(baseUrl: string): string {
  const trimmed = baseUrl.replace(/\/+$/, "");
  const isChatgpt = /^https:\/\/(?:chatgpt\.com|chat\.openai\.com)$/.test(trimmed);
  const base = isChatgpt ? `${trimmed}/backend-api` : trimmed;
  return `${base}${base.includes("/backend-api") ? "/wham" : "/api/codex"}/usage`;
}

function snapshotOf(body: unknown): Parameters<typeof rateLimitsToV2>[0] {
  const limit = member(body, "rate_limit");
  const credits = member(body, "credits");
  const plan = member(body, "plan_type");
  return {
    primary: windowOf(member(limit, "primary_window")),
    secondary: windowOf(member(limit, "secondary_window")),
    credits: isObject(credits)
      ? {
          has_credits: member(credits, "has_credits") === true,
          unlimited: member(credits, "unlimited") === true,
          balance: textOf(member(credits, "balance")),
        }
      : null,
    plan_type: PLANS.find((known) => known === plan) ?? null,
  };
}

const PLANS = ["free", "plus", "pro", "team", "business", "enterprise", "edu"] as const;

function windowOf(window: unknown): RateLimitWindow | null {
  const used = member(window, "used_percent");
  if (typeof used !== "number") return null;
  const seconds = member(window, "limit_window_seconds");
  const resetsAt = member(window, "reset_at");
  return {
    used_percent: used,
    window_minutes: typeof seconds === "number" ? Math.ceil(seconds / 60) : null,
    resets_at: typeof resetsAt === "number" ? resetsAt : null,
  };
}

function member(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
