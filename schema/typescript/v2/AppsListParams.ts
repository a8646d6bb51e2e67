// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Lists apps. */
export type AppsListParams = {
  cursor?: string | null,
  limit?: number | null,
};
