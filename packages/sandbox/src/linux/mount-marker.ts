/** How a mount point of ours is told from somebody's own folder, and how several runs share one. */

import { lstatSync, readdirSync } from "node:fs";
import type { AbsolutePath } from "@codex-ts/protocol";

/**
 * Private and sticky: no program makes a `.git` or `.codex` with this mode, so an empty folder that has it is ours. Not every
 * file system keeps it: a folder that holds markers and nothing else is ours too.
 */
export const MOUNT_POINT_MODE = 0o1700;

const PREFIX = ".codex-mount-";

/** The file by which a run keeps the folder from being removed: the kernel refuses to remove a folder that is not empty. */
export function mountMarker(identity: string, run: number): string {
  return `${PREFIX}${identity}-${run}`;
}

/** The identity of the process whose marker this is; undefined for any other name. */
export function markerOwner(name: string): string | undefined {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length, name.lastIndexOf("-")) : undefined;
}

/** Whether the folder was made by us and nobody has put anything in it since. */
export function isOwnMountPoint(folder: AbsolutePath): boolean {
  try {
    const facts = lstatSync(folder, { throwIfNoEntry: false });
    if (facts?.isDirectory() !== true) {
      return false;
    }
    const names = readdirSync(folder);
    const isMarked = names.length > 0 || (facts.mode & 0o7777) === MOUNT_POINT_MODE;
    return isMarked && names.every((name) => markerOwner(name) !== undefined);
  } catch {
    // Made by another user, or out of our reach: not ours to reuse or remove.
    return false;
  }
}
