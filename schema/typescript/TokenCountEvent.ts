// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { RateLimitSnapshot } from "./RateLimitSnapshot";
import type { TokenUsageInfo } from "./TokenUsageInfo";

/** Usage and limits: at each response's headers, and again at its end. */
export type TokenCountEvent = {
  info?: TokenUsageInfo | null,
  rate_limits?: RateLimitSnapshot | null,
};
