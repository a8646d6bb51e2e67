// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Gives a thread a name. */
export type ThreadSetNameParams = {
  threadId: string,
  name: string,
};
