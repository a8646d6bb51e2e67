// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How long the model's answers should be; only some models listen. */
export type Verbosity = "low" | "medium" | "high";
