// GENERATED CODE! DO NOT MODIFY BY HAND!

/** All changes of the turn so far, in Git's form. */
export type TurnDiffEvent = {
  unified_diff: string,
};
