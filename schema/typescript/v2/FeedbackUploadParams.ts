// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Sends feedback. */
export type FeedbackUploadParams = {
  classification: string,
  reason?: string | null,
  threadId?: string | null,
  includeLogs: boolean,
};
