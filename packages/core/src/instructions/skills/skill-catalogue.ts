/** The skills seen from a folder, found once and kept until somebody asks to look again. */

import { join } from "node:path";
import type { SkillsListEntry } from "@codex-ts/protocol";
import { findSkills, type SkillRoot } from "./find-skills.js";

/** Finds skills. */
export interface SkillCatalogue {
  list(cwd: string, options?: { reload?: boolean }): Promise<SkillsListEntry>;
}

/** Where skills may lie besides the project. */
export interface SkillPlaces {
  codexHome: string;
  /** `.codex` folders of the project around a folder, most specific first. */
  projectFolders: (cwd: string) => readonly string[];
  /** Skills that the user switched off, by path. */
  disabled: ReadonlySet<string>;
}

const ADMIN_SKILLS = "/etc/codex/skills";

/** A catalogue with a cache by folder. */
export function skillCatalogue(places: SkillPlaces): SkillCatalogue {
  const cache = new Map<string, Promise<SkillsListEntry>>();
  return {
    list: (cwd, { reload = false } = {}) => {
      const known = reload ? undefined : cache.get(cwd);
      const found = known ?? read(cwd, places);
      cache.set(cwd, found);
      return found;
    },
  };
}

async function read(cwd: string, { codexHome, projectFolders, disabled }: SkillPlaces): Promise<SkillsListEntry> {
  const roots: SkillRoot[] = [
    ...projectFolders(cwd).map((folder) => ({ folder: join(folder, "skills"), scope: "repo" as const })),
    { folder: join(codexHome, "skills"), scope: "user" },
    { folder: join(codexHome, "skills", ".system"), scope: "system" },
    { folder: ADMIN_SKILLS, scope: "admin" },
  ];
  return { cwd, ...(await findSkills(roots, disabled)) };
}
