// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Something a person should know. */
export type WarningEvent = {
  message: string,
};
