// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Turns a skill on or off in the user's config. */
export type SkillsConfigWriteParams = {
  path: string,
  enabled: boolean,
};
