// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Something a person should know. */
export type WarningNotification = {
  /** null: of no thread in particular. */
  threadId: string | null,
  message: string,
};
