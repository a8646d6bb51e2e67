// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A sign-in to a server ended. */
export type McpServerOauthLoginCompletedNotification = {
  name: string,
  success: boolean,
  /** Why it failed. */
  error?: string | null,
};
