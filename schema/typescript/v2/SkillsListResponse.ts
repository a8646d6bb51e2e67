// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { SkillsListEntry } from "./SkillsListEntry";

/** One entry for each folder asked, in order. */
export type SkillsListResponse = {
  data: Array<SkillsListEntry>,
};
