// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { SkillInterface } from "./SkillInterface";
import type { SkillScope } from "./SkillScope";

/** A skill. */
export type SkillMetadata = {
  name: string,
  description: string,
  shortDescription?: string | null,
  interface?: SkillInterface | null,
  path: string,
  scope: SkillScope,
  enabled: boolean,
};
