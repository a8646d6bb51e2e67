// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A sign-in ended. */
export type LoginChatGptCompleteNotification = {
  error: string | null,
  loginId: string,
  success: boolean,
};
