// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Where a person must go. */
export type LoginChatGptResponse = {
  authUrl: string,
  loginId: string,
};
