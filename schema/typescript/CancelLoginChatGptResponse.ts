// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Given up. */
export type CancelLoginChatGptResponse = Record<string, never>;
