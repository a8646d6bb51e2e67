// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How far a step is. */
export type StepStatus = "pending" | "in_progress" | "completed";
