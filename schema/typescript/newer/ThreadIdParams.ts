// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Names a thread. */
export type ThreadIdParams = {
  threadId: string,
};
