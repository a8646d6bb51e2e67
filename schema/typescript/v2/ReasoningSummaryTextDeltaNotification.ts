// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The next piece of a reasoning summary. */
export type ReasoningSummaryTextDeltaNotification = {
  threadId: string,
  turnId: string,
  itemId: string,
  delta: string,
  /** Which paragraph, from 0. */
  summaryIndex: number,
};
