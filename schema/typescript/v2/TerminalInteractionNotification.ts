// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Something was typed into a running session; an empty text is a poll. */
export type TerminalInteractionNotification = {
  threadId: string,
  turnId: string,
  itemId: string,
  processId: string,
  stdin: string,
};
