// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { TurnPlanStepStatus } from "./TurnPlanStepStatus";

/** A step of the plan. */
export type TurnPlanStep = {
  status: TurnPlanStepStatus,
  step: string,
};
