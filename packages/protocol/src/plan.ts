/** The plan that a model keeps of its task. */

/** How far a step is. */
export type StepStatus = "pending" | "in_progress" | "completed";

/** One step. @wire PlanItemArg @closed */
export interface PlanItem {
  step: string;
  status: StepStatus;
}

/** A plan update: always the whole plan. */
export interface Plan {
  explanation: string | null;
  plan: PlanItem[];
}
