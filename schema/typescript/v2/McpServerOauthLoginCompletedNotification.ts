// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A sign-in to a server ended. */
export type McpServerOauthLoginCompletedNotification = {
  /** Why it failed. */
  error?: string | null,
  name: string,
  success: boolean,
};
