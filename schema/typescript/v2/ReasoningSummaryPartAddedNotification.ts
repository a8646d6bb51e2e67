// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A new summary paragraph begins. */
export type ReasoningSummaryPartAddedNotification = {
  threadId: string,
  turnId: string,
  itemId: string,
  /** Which paragraph, from 0. */
  summaryIndex: number,
};
