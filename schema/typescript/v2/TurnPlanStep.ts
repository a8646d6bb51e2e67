// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { TurnPlanStepStatus } from "./TurnPlanStepStatus";

/** A step of the plan. */
export type TurnPlanStep = {
  step: string,
  status: TurnPlanStepStatus,
};
