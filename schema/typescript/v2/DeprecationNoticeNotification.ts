// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A setting that will go away. */
export type DeprecationNoticeNotification = {
  details: string | null,
  summary: string,
};
