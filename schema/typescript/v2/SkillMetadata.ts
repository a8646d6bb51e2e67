// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { SkillInterface } from "./SkillInterface";
import type { SkillScope } from "./SkillScope";

/** A skill. */
export type SkillMetadata = {
  description: string,
  enabled: boolean,
  interface?: SkillInterface | null,
  name: string,
  path: string,
  scope: SkillScope,
  shortDescription?: string | null,
};
