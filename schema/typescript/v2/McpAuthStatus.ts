// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Whether a server knows who we are. */
export type McpAuthStatus = "unsupported" | "notLoggedIn" | "bearerToken" | "oAuth";
