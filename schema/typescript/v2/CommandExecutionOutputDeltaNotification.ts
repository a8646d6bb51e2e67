// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The next piece of a command's output. */
export type CommandExecutionOutputDeltaNotification = {
  threadId: string,
  turnId: string,
  itemId: string,
  delta: string,
};
