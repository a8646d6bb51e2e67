// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What is in force now. */
export type SkillsConfigWriteResponse = {
  effectiveEnabled: boolean,
};
