// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CreditsSnapshot } from "./CreditsSnapshot";
import type { PlanType } from "../PlanType";
import type { RateLimitWindow } from "./RateLimitWindow";

/** Limits as the provider last told them. */
export type RateLimitSnapshot = {
  primary: RateLimitWindow | null,
  secondary: RateLimitWindow | null,
  credits: CreditsSnapshot | null,
  planType: PlanType | null,
};
