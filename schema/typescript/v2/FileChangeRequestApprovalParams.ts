// GENERATED CODE! DO NOT MODIFY BY HAND!

/** May these files change? The changes are in the item that was told before. */
export type FileChangeRequestApprovalParams = {
  threadId: string,
  turnId: string,
  itemId: string,
  reason: string | null,
  /** A folder that a client may offer to make writable for the session; null: none. */
  grantRoot: string | null,
};
