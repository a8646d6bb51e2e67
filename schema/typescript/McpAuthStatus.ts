// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Whether a server knows who we are. */
export type McpAuthStatus = "unsupported" | "not_logged_in" | "bearer_token" | "o_auth";
