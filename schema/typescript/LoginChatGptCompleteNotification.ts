// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A sign-in ended. */
export type LoginChatGptCompleteNotification = {
  loginId: string,
  success: boolean,
  error: string | null,
};
