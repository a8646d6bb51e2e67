/** Finds session files by walking the day folders; looks at names only. */

import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import type { ThreadId } from "@codex-ts/protocol";
import { codeOf } from "../errors.js";
import { archiveDir, parseRolloutName, sessionsDir, stampSeconds } from "../file-names.js";

/** A session file as its name describes it. */
export interface RolloutFile {
  path: string;
  id: ThreadId;
  /** The local time in the name, `YYYY-MM-DDTHH-MM-SS`. */
  stamp: string;
  /** Unix seconds of creation; see `creationSeconds`. */
  created: number;
}

/** All session files, in no order. A missing root means none; a root that is no folder is the system's error. */
export function walkRollouts(codexHome: string, archived: boolean): RolloutFile[] {
  const files: RolloutFile[] = [];
  if (archived) {
    collect(archiveDir(codexHome), entries(archiveDir(codexHome), true), files);
    return files;
  }
  const root = sessionsDir(codexHome);
  for (const year of numbered(root, entries(root, true))) {
    for (const month of numbered(year, entries(year))) {
      for (const day of numbered(month, entries(month))) collect(day, entries(day), files);
    }
  }
  return files;
}

/** The files of one day folder. */
export function rolloutsIn(folder: string): RolloutFile[] {
  const files: RolloutFile[] = [];
  collect(folder, entries(folder), files);
  return files;
}

/** The local clock is at most this far from UTC, and a name's second may be the one after the id's. */
const MAX_ZONE_SECONDS = 14 * 3600 + 60;

/**
 * When a session began, in unix seconds. Names carry local time, which jumps at zone and DST changes; the UUIDv7 beside it
 * carries UTC. It is believed when both could be the same moment, else the name is read as UTC, as the original does.
 */
export function creationSeconds(stamp: string, id: ThreadId): number {
  const named = stampSeconds(stamp) ?? 0;
  if (id[14] !== "7") return named;
  const seconds = Math.floor(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) / 1000);
  return Math.abs(seconds - named) <= MAX_ZONE_SECONDS ? seconds : named;
}

function collect(folder: string, found: readonly string[], into: RolloutFile[]): void {
  for (const fileName of found) {
    const name = parseRolloutName(fileName);
    if (name === null) continue;
    const { id, stamp } = name;
    into.push({ path: folder + sep + fileName, id, stamp, created: creationSeconds(stamp, id) });
  }
}

function numbered(folder: string, found: readonly string[]): string[] {
  return found.filter((name) => /^\d+$/.test(name)).map((name) => join(folder, name));
}

/** A missing folder is empty; so is a file that has a folder's name, unless it stands in the root's place. */
function entries(folder: string, isRoot = false): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT" || (codeOf(error) === "ENOTDIR" && !isRoot)) return [];
    throw error;
  }
}
