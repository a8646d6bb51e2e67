// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Lists the features. */
export type ExperimentalFeatureListParams = {
  cursor?: string | null,
  limit?: number | null,
  threadId?: string | null,
};
