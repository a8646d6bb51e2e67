// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CreditsSnapshot } from "./CreditsSnapshot";
import type { PlanType } from "./PlanType";
import type { RateLimitWindow } from "./RateLimitWindow";

/** What the last response said about limits. */
export type RateLimitSnapshot = {
  primary?: RateLimitWindow | null,
  secondary?: RateLimitWindow | null,
  credits?: CreditsSnapshot | null,
  plan_type?: PlanType | null,
};
