// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A setting that will go away. */
export type DeprecationNoticeEvent = {
  summary: string,
  details?: string | null,
};
