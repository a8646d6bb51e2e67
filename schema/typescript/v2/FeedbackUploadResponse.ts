// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The thread that the feedback is filed under. */
export type FeedbackUploadResponse = {
  threadId: string,
};
