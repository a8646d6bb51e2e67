// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What the client can do and wants. (since 0.169) */
export type ClientCapabilities = {
  /** Notifications that the client does not want, by method; `codex/event` stands for all legacy events. */
  optOutNotificationMethods?: Array<string> | null,
};
