// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A sign-in ended. */
export type AccountLoginCompletedNotification = {
  /** null for an API key. */
  loginId: string | null,
  success: boolean,
  error: string | null,
};
