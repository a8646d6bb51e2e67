// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A rate-limit window. */
export type RateLimitWindow = {
  /** Unix seconds. */
  resetsAt: number | null,
  /** 0 to 100. */
  usedPercent: number,
  /** Minutes. */
  windowDurationMins: number | null,
};
