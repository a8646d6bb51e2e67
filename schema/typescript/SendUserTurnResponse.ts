// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The message is queued. */
export type SendUserTurnResponse = Record<string, never>;
