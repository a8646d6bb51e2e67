// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The next piece of raw reasoning. */
export type ReasoningTextDeltaNotification = {
  threadId: string,
  turnId: string,
  itemId: string,
  delta: string,
  /** Which part, from 0. */
  contentIndex: number,
};
