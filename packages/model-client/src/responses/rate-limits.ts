/** Reads limits from response headers. Pure. */

import type { CreditsSnapshot, RateLimitSnapshot, RateLimitWindow } from "@codex-ts/protocol";

/** Always a snapshot; all null when the headers say nothing. */
export function readRateLimits(headers: Headers): RateLimitSnapshot {
  return {
    primary: readWindow(headers, "primary"),
    secondary: readWindow(headers, "secondary"),
    credits: readCredits(headers),
    plan_type: null,
  };
}

function readWindow(headers: Headers, name: "primary" | "secondary"): RateLimitWindow | null {
  const used = readNumber(headers.get(`x-codex-${name}-used-percent`));
  if (used === null) return null;
  const minutes = readInteger(headers.get(`x-codex-${name}-window-minutes`));
  const resetsAt = readInteger(headers.get(`x-codex-${name}-reset-at`));
  // All zero is how the server says "no such window".
  if (used === 0 && (minutes ?? 0) === 0 && resetsAt === null) return null;
  return { used_percent: used, window_minutes: minutes, resets_at: resetsAt };
}

function readCredits(headers: Headers): CreditsSnapshot | null {
  const has = readBoolean(headers.get("x-codex-credits-has-credits"));
  const unlimited = readBoolean(headers.get("x-codex-credits-unlimited"));
  if (has === null || unlimited === null) return null;
  const balance = headers.get("x-codex-credits-balance")?.trim();
  return { has_credits: has, unlimited, balance: balance === undefined || balance === "" ? null : balance };
}

function readNumber(value: string | null): number | null {
  if (value === null || value.trim() === "") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function readInteger(value: string | null): number | null {
  return value !== null && /^-?\d+$/.test(value) ? Number(value) : null;
}

function readBoolean(value: string | null): boolean | null {
  switch (value?.toLowerCase()) {
    case "true":
    case "1":
      return true;
    case "false":
    case "0":
      return false;
    default:
      return null;
  }
}
