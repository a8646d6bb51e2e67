// GENERATED CODE! DO NOT MODIFY BY HAND!

/** An account's plan. */
export type PlanType = "free" | "plus" | "pro" | "team" | "business" | "enterprise" | "edu" | "unknown";
