// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A server that did not start. */
export type McpStartupFailure = {
  server: string,
  error: string,
};
