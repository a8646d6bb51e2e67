// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { PlanItemArg } from "./PlanItemArg";

/** The whole plan. */
export type UpdatePlanArgs = {
  explanation?: string | null,
  plan: Array<PlanItemArg>,
};
