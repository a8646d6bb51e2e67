// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A setting that will go away. */
export type DeprecationNoticeNotification = {
  summary: string,
  details: string | null,
};
