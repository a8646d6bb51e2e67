/** Accounts, limits and usage. */

import type { AuthMode, Int32, Int64, PlanType } from "@codex-ts/protocol";

/** An API key is in use. @inline */
export interface ApiKeyAccount {
  type: "apiKey";
}

/** Somebody is signed in with ChatGPT. @inline */
export interface ChatgptAccount {
  type: "chatgpt";
  email: string;
  planType: PlanType;
}

/** Who is signed in. */
export type Account = ApiKeyAccount | ChatgptAccount;

/** Asks who is signed in. */
export interface GetAccountParams {
  /** Renew the token first. @default false */
  refreshToken?: boolean;
}

/** Who is signed in. */
export interface GetAccountResponse {
  /** null: nobody, or the provider needs no account. */
  account: Account | null;
  requiresOpenaiAuth: boolean;
}

/** Store an API key; it is not tried out. @inline */
export interface ApiKeyLoginParams {
  type: "apiKey";
  apiKey: string;
}

/** Begin a sign-in in the browser. @inline */
export interface ChatgptLoginParams {
  type: "chatgpt";
}

/** Signs in. */
export type LoginAccountParams = ApiKeyLoginParams | ChatgptLoginParams;

/** The key is stored. @inline */
export interface ApiKeyLoginResponse {
  type: "apiKey";
}

/** A person must open the address. @inline */
export interface ChatgptLoginResponse {
  type: "chatgpt";
  loginId: string;
  authUrl: string;
}

/** What to do next: nothing, or to open an address. */
export type LoginAccountResponse = ApiKeyLoginResponse | ChatgptLoginResponse;

/** Gives up a sign-in. */
export interface CancelLoginAccountParams {
  loginId: string;
}

/** Whether there was something to give up. */
export type CancelLoginAccountStatus = "canceled" | "notFound";

/** Whether there was something to give up. */
export interface CancelLoginAccountResponse {
  status: CancelLoginAccountStatus;
}

/** Nobody is signed in any more. */
export type LogoutAccountResponse = Record<string, unknown>;

/** A sign-in ended. */
export interface AccountLoginCompletedNotification {
  /** null for an API key. */
  loginId: string | null;
  success: boolean;
  error: string | null;
}

/** Who is signed in has changed. */
export interface AccountUpdatedNotification {
  /** null: nobody. */
  authMode: AuthMode | null;
}

/** A rate-limit window. */
export interface RateLimitWindow {
  /** 0 to 100. */
  usedPercent: Int32;
  /** Minutes. */
  windowDurationMins: Int64 | null;
  /** Unix seconds. */
  resetsAt: Int64 | null;
}

/** Credits of an account. */
export interface CreditsSnapshot {
  hasCredits: boolean;
  unlimited: boolean;
  balance: string | null;
}

/** Limits as the provider last told them. */
export interface RateLimitSnapshot {
  primary: RateLimitWindow | null;
  secondary: RateLimitWindow | null;
  credits: CreditsSnapshot | null;
  planType: PlanType | null;
}

/** Limits of the account. */
export interface GetAccountRateLimitsResponse {
  rateLimits: RateLimitSnapshot;
}

/** Limits as the last response told them. */
export interface AccountRateLimitsUpdatedNotification {
  rateLimits: RateLimitSnapshot;
}

/** Tokens of one response, or a sum of them. */
export interface TokenUsageBreakdown {
  totalTokens: Int64;
  inputTokens: Int64;
  /** The part of `inputTokens` that was read from the provider's cache. */
  cachedInputTokens: Int64;
  outputTokens: Int64;
  /** The part of `outputTokens` that was reasoning. */
  reasoningOutputTokens: Int64;
}

/** A thread's usage so far. */
export interface ThreadTokenUsage {
  total: TokenUsageBreakdown;
  last: TokenUsageBreakdown;
  /** Usable tokens of the model's window; null for unknown models. */
  modelContextWindow: Int64 | null;
}

/** A thread's usage so far. */
export interface ThreadTokenUsageUpdatedNotification {
  threadId: string;
  turnId: string;
  tokenUsage: ThreadTokenUsage;
}
