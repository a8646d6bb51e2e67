// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A turn ended, well or with an error that was told before. */
export type TurnCompleteEvent = {
  last_agent_message?: string | null,
};
