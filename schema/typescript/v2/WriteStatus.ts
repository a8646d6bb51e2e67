// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Whether what was written is in force. */
export type WriteStatus = "ok" | "okOverridden";
