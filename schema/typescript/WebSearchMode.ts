// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Whether the model may search the web, and where the answers come from. */
export type WebSearchMode = "disabled" | "cached" | "live";
