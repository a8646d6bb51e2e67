/** Finds a session's file by its id, from the day the id itself was made. */

import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import type { ThreadId } from "@codex-ts/protocol";
import { codeOf } from "./errors.js";
import { archiveDir, dayDir, sessionsDir, utcStamp } from "./file-names.js";
import { rolloutsIn, walkRollouts } from "./listing/walk.js";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DAY_SECONDS = 24 * 3600;

/**
 * The file of a thread, or null. Looks among live sessions, or with `archived` among archived ones only. A file that has
 * the id in its name without being named like a session file is found last.
 */
export function findRollout(options: { codexHome: string; id: ThreadId; archived?: boolean }): string | null {
  const { codexHome, archived = false } = options;
  const id = options.id.toLowerCase();
  if (!UUID.test(id)) return null;
  try {
    return pathOf(codexHome, id, archived);
  } catch (error) {
    if (codeOf(error) === "ENOTDIR") return null; // a file stands in the folder's place: no session has one
    throw error;
  }
}

/** The files of live threads by their ids in lower case, in one walk; threads without one are not in it. */
export function findRollouts(options: { codexHome: string; ids: readonly ThreadId[] }): Map<ThreadId, string> {
  const ids = options.ids.map((id) => id.toLowerCase()).filter((id) => UUID.test(id));
  return walkFor(options.codexHome, ids, false);
}

// helpers

function pathOf(codexHome: string, id: string, archived: boolean): string | null {
  const near = archived ? null : nearItsDay(codexHome, id);
  return near ?? walkFor(codexHome, [id], archived).get(id) ?? null;
}

function walkFor(codexHome: string, ids: readonly ThreadId[], archived: boolean): Map<ThreadId, string> {
  const found = new Map<ThreadId, string>();
  const missing = new Set(ids);
  if (missing.size === 0) return found;
  for (const { id, path } of walkRollouts(codexHome, archived)) {
    if (missing.delete(id)) found.set(id, path);
  }
  if (missing.size === 0) return found;
  for (const file of filesBelow(archived ? archiveDir(codexHome) : sessionsDir(codexHome))) {
    const name = file.name.toLowerCase();
    for (const id of missing) {
      if (!name.includes(id)) continue;
      found.set(id, join(file.parentPath, file.name));
      missing.delete(id);
    }
  }
  return found;
}

/** A UUIDv7 says its UTC time; the local day is that one or a neighbour. */
function nearItsDay(codexHome: string, id: ThreadId): string | null {
  if (id[14] !== "7") return null;
  const seconds = Math.floor(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) / 1000);
  for (const offset of [0, -DAY_SECONDS, DAY_SECONDS]) {
    const day = new Date((seconds + offset) * 1000);
    if (Number.isNaN(day.getTime())) return null;
    const folder = dayDir(codexHome, utcStamp(seconds + offset));
    const file = rolloutsIn(folder).find((found) => found.id === id);
    if (file) return file.path;
  }
  return null;
}

function filesBelow(root: string): Dirent[] {
  try {
    return readdirSync(root, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}
