// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { RateLimitSnapshot } from "./RateLimitSnapshot";

/** Limits as the last response told them. */
export type AccountRateLimitsUpdatedNotification = {
  rateLimits: RateLimitSnapshot,
};
