// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A notification of the client. */
export type ClientNotification = {
  method: "initialized",
  params?: null,
};
