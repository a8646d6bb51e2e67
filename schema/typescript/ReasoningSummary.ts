// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How much of its reasoning the model should summarise. */
export type ReasoningSummary = "auto" | "concise" | "detailed" | "none";
