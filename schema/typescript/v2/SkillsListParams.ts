// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Lists skills. */
export type SkillsListParams = {
  /** Absent or empty: the server's cwd. */
  cwds?: Array<string>,
  /** Do not answer from the cache. */
  forceReload?: boolean,
};
