// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How risky a command looks to the optional assessment. */
export type RiskLevel = "low" | "medium" | "high";
