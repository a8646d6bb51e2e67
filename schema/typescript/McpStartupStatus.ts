// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How far a server's start is. */
export type McpStartupStatus = {
  state: "starting",
} | {
  state: "ready",
} | {
  state: "failed",
  error: string,
} | {
  state: "cancelled",
};
