/** Skills: which there are for a folder, and switching them on and off. And apps, of which there are none here. */

import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { skillsToV2 } from "@codex-ts/app-server-protocol";
import { editConfig, skillEdits, userConfigFile } from "@codex-ts/config";
import { skillCatalogue } from "@codex-ts/core";
import type { SkillsListEntry } from "@codex-ts/protocol";
import { internalError, messageOf } from "../router/rpc-error.js";
import type { Engine } from "../server/engine.js";
import type { Methods } from "../router/call.js";

export const skillMethods = {
  "skills/list": async ({ cwds, forceReload }, { engine }) => {
    const { cwd } = engine.server.program;
    const folders = cwds === undefined || cwds.length === 0 ? [cwd] : cwds;
    if (forceReload) known.delete(engine);
    const entries = await Promise.all(folders.map((folder) => skillsOf(folder, engine)));
    return { data: entries.map(skillsToV2) };
  },

  "skills/config/write": async ({ path, enabled }, { engine }) => {
    try {
      const file = userConfigFile(engine.config.codexHome);
      await editConfig(file, (current) => skillEdits(current, canonical(path), enabled, canonical));
    } catch (error) {
      throw internalError(`failed to update skill settings: ${messageOf(error)}`, error);
    }
    known.delete(engine);
    return { effectiveEnabled: enabled };
  },

  // Of nothing every page is empty, whatever is asked for.
  "app/list": () => ({ data: [], nextCursor: null }),
} satisfies Methods;

// helpers

/** Folders that are remembered: clients choose them. */
const MAX_KNOWN = 100;

/** What was found for a folder, until somebody asks to look again. */
const known = new WeakMap<Engine, Map<string, Promise<SkillsListEntry>>>();

function skillsOf(folder: string, engine: Engine): Promise<SkillsListEntry> {
  const cache = known.get(engine) ?? new Map<string, Promise<SkillsListEntry>>();
  known.set(engine, cache);
  const remembered = cache.get(folder);
  if (remembered !== undefined) return remembered;
  const found = readSkills(folder, engine);
  cache.set(folder, found);
  const [oldest] = cache.keys();
  if (cache.size > MAX_KNOWN && oldest !== undefined) cache.delete(oldest);
  // What failed may work the next time; whoever asked hears of the failure.
  found.catch(() => cache.get(folder) === found && cache.delete(folder));
  return found;
}

async function readSkills(folder: string, engine: Engine): Promise<SkillsListEntry> {
  const cwd = resolve(engine.server.program.cwd, folder);
  const { codexHome, layers, skills } = await engine.configFor({ cwd });
  const projectFolders = layers
    .filter((layer) => layer.name.type === "project")
    .flatMap((layer) => (layer.folder === null ? [] : [layer.folder]))
    .toReversed();
  const disabled = new Set(skills.filter(({ enabled }) => !enabled).map(({ path }) => path));
  const entry = await skillCatalogue({ codexHome, projectFolders: () => projectFolders, disabled }).list(cwd);
  return { ...entry, cwd: folder };
}

function canonical(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path; // a skill that is gone can still be switched on and off
  }
}
