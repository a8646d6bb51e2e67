// GENERATED CODE! DO NOT MODIFY BY HAND!

/** All changes of the turn so far. */
export type TurnDiffUpdatedNotification = {
  threadId: string,
  turnId: string,
  /** In Git's form, relative to the repository's root. */
  diff: string,
};
