// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Signs in to a server. */
export type McpServerOauthLoginParams = {
  name: string,
  scopes?: Array<string> | null,
  /** Seconds. */
  timeoutSecs?: number | null,
};
