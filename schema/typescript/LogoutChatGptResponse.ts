// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Nobody is signed in any more. */
export type LogoutChatGptResponse = Record<string, never>;
