// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Gives up a sign-in. */
export type CancelLoginChatGptParams = {
  loginId: string,
};
