// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { StepStatus } from "./StepStatus";

/** One step. */
export type PlanItemArg = {
  step: string,
  status: StepStatus,
};
