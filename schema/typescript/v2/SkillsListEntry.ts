// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { SkillErrorInfo } from "./SkillErrorInfo";
import type { SkillMetadata } from "./SkillMetadata";

/** The skills seen from one folder. */
export type SkillsListEntry = {
  cwd: string,
  skills: Array<SkillMetadata>,
  errors: Array<SkillErrorInfo>,
};
