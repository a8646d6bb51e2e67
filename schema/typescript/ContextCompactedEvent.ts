// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The conversation was replaced by a summary. */
export type ContextCompactedEvent = Record<string, never>;
