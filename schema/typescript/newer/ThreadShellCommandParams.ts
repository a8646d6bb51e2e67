// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Runs a command of the user's in a thread, as `!` does in the terminal. */
export type ThreadShellCommandParams = {
  threadId: string,
  command: string,
  /** Milliseconds. */
  timeoutMs?: number | null,
};
