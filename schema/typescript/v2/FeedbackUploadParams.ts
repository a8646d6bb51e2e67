// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Sends feedback. */
export type FeedbackUploadParams = {
  threadId?: string | null,
  classification: string,
  includeLogs: boolean,
  reason?: string | null,
};
