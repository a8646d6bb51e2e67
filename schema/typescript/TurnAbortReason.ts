// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Why a turn was cut short. */
export type TurnAbortReason = "interrupted" | "replaced" | "review_ended";
