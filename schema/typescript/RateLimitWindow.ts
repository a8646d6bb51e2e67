// GENERATED CODE! DO NOT MODIFY BY HAND!

/** One rate-limit window. */
export type RateLimitWindow = {
  /** 0 to 100. */
  used_percent: number,
  window_minutes?: number | null,
  /** Unix seconds. */
  resets_at?: number | null,
};
