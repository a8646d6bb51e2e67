// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Where a person must go. */
export type LoginChatGptResponse = {
  loginId: string,
  authUrl: string,
};
