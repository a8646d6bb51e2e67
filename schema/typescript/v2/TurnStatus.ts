// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How a turn is; everything but `inProgress` is final. */
export type TurnStatus = "completed" | "interrupted" | "failed" | "inProgress";
