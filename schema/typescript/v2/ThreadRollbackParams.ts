// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Takes the last turns back; files stay as they are. */
export type ThreadRollbackParams = {
  threadId: string,
  /** At least 1; more than there are means all. */
  numTurns: number,
};
