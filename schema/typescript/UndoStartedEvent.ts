// GENERATED CODE! DO NOT MODIFY BY HAND!

/** An undo begins. */
export type UndoStartedEvent = {
  message?: string | null,
};
