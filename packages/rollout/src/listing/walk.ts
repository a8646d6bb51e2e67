/** Finds session files by walking the day folders; looks at names only. */

import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
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
    collect(archiveDir(codexHome), entries(archiveDir(codexHome)), files);
    return files;
  }
  const root = sessionsDir(codexHome);
  for (const year of numbered(root, entries(root))) {
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

function collect(folder: string, found: readonly Dirent[], into: RolloutFile[]): void {
  for (const entry of found) {
    if (entry.isDirectory()) continue;
    const name = parseRolloutName(entry.name);
    if (name === null) continue;
    into.push({ path: join(folder, entry.name), ...name, created: creationSeconds(name.stamp, name.id) });
  }
}

function numbered(folder: string, found: readonly Dirent[]): string[] {
  return found.filter((entry) => /^\d+$/.test(entry.name) && !entry.isFile()).map((entry) => join(folder, entry.name));
}

function entries(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}
