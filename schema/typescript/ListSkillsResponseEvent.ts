// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { SkillsListEntry } from "./SkillsListEntry";

/** The skills of each asked folder. */
export type ListSkillsResponseEvent = {
  skills: Array<SkillsListEntry>,
};
