// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How long a model should think. */
export type ReasoningEffort = "none" | "minimal" | "low" | "medium" | "high" | "xhigh";
