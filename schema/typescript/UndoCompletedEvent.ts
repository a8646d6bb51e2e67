// GENERATED CODE! DO NOT MODIFY BY HAND!

/** An undo ended. */
export type UndoCompletedEvent = {
  success: boolean,
  message?: string | null,
};
