// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Output of a command. */
export type CommandExecOutputDeltaNotification = {
  processId: string,
  stream: "stdout" | "stderr",
  deltaBase64: string,
  /** No more will be told of this stream. */
  capReached: boolean,
};
