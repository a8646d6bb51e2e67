// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A rate-limit window. */
export type RateLimitWindow = {
  /** 0 to 100. */
  usedPercent: number,
  /** Minutes. */
  windowDurationMins: number | null,
  /** Unix seconds. */
  resetsAt: number | null,
};
