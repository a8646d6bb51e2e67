/** Finds the project around a working folder, and what the user has decided about it. */

import { lstatSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import type { TrustLevel } from "./layer.js";

/** Decisions by absolute path, as `projects` in the configuration has them. */
export type TrustDecisions = ReadonlyMap<string, TrustLevel>;

/** A decision, and the path it was made for; without one, the path it could be made for. */
export interface ProjectTrust {
  readonly level: TrustLevel | null;
  readonly key: string;
}

/** The first folder at or above `cwd` that contains one of `markers`; `cwd` itself when there is none. */
export function findProjectRoot(cwd: string, markers: readonly string[]): string {
  if (markers.length > 0) {
    for (const folder of upwards(cwd)) {
      if (markers.some((marker) => exists(join(folder, marker)))) {
        return folder;
      }
    }
  }
  return cwd;
}

/** The folders from `root` down to `cwd`, both included. */
export function foldersDownTo(cwd: string, root: string): string[] {
  const folders: string[] = [];
  for (const folder of upwards(cwd)) {
    folders.unshift(folder);
    if (folder === root) {
      return folders;
    }
  }
  return [cwd];
}

/** The decision that applies to `folder`: its own, its project root's, or that of the main checkout it belongs to. */
export function projectTrust(
  folder: string,
  projectRoot: string,
  mainRepository: string | null,
  decisions: TrustDecisions,
): ProjectTrust {
  for (const key of [folder, projectRoot, mainRepository]) {
    const level = key === null ? undefined : decisions.get(key);
    if (key !== null && level !== undefined) {
      return { level, key };
    }
  }
  return { level: null, key: mainRepository ?? projectRoot };
}

/**
 * The top folder of the main checkout of the repository around `cwd`; linked worktrees lead to their main checkout.
 * Null outside a repository. Reads `.git` itself: starting git would cost more than everything else here.
 */
export function mainRepositoryRoot(cwd: string): string | null {
  for (const folder of upwards(cwd)) {
    const dotGit = join(folder, ".git");
    if (exists(dotGit)) {
      return rootBehind(dotGit, folder);
    }
  }
  return null;
}

// helpers

function rootBehind(dotGit: string, folder: string): string | null {
  try {
    if (statSync(dotGit).isDirectory()) {
      return realpathSync(folder);
    }
    const pointer = /^gitdir: *(.+?)\s*$/m.exec(readFileSync(dotGit, "utf8"))?.[1];
    if (pointer === undefined) {
      return null;
    }
    const gitDir = isAbsolute(pointer) ? pointer : resolve(folder, pointer);
    return dirname(realpathSync(commonDir(gitDir)));
  } catch {
    // A broken pointer is not a repository; git says the same.
    return null;
  }
}

/** What a linked worktree shares with its main checkout: the folder that its `commondir` file names. */
function commonDir(gitDir: string): string {
  try {
    return resolve(gitDir, readFileSync(join(gitDir, "commondir"), "utf8").trim());
  } catch {
    // No such file: not a linked worktree (a submodule, for example).
    return gitDir;
  }
}

function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // A folder we may not look into shows no markers.
    return false;
  }
}

function* upwards(from: string): Generator<string> {
  for (let folder = from; ; folder = dirname(folder)) {
    yield folder;
    if (dirname(folder) === folder) {
      return;
    }
  }
}
