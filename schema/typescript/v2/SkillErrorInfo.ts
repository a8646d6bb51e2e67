// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A skill file that could not be read. */
export type SkillErrorInfo = {
  path: string,
  message: string,
};
