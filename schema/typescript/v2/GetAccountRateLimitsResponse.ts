// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { RateLimitSnapshot } from "./RateLimitSnapshot";

/** Limits of the account. */
export type GetAccountRateLimitsResponse = {
  rateLimits: RateLimitSnapshot,
};
