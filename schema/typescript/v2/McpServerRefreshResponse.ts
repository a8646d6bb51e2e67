// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The loaded threads will use the new servers from their next turn. */
export type McpServerRefreshResponse = Record<string, never>;
