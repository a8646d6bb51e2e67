/** The names directly under a writable root that stay read-only: what is written there runs or counts outside the sandbox later. */

import { lstatSync, readFileSync, realpathSync, type Stats } from "node:fs";
import path from "node:path";
import type { AbsolutePath } from "@codex-ts/protocol";

/** `.git` holds hooks and settings that Git runs; `.codex` holds our own settings and rules. */
export const PROTECTED_NAMES = [".git", ".codex"] as const;

/** A pointer file has one short line; anything longer is not one. */
const POINTER_LIMIT_BYTES = 8192;

/** The protected names of one root, existing or not, and the places a link or a Git pointer file leads to. */
export function protectedPaths(root: AbsolutePath): AbsolutePath[] {
  return PROTECTED_NAMES.flatMap((name) => {
    const named = path.join(root, name);
    return [named, ...leadsTo(named)];
  });
}

/** Where a protected name leads: the target of a link, or a worktree's Git folder and the folder it shares with others. */
function leadsTo(named: AbsolutePath): AbsolutePath[] {
  const facts = lookAt(named);
  if (facts?.isSymbolicLink() === true) {
    return existing(named);
  }
  if (facts?.isFile() !== true || facts.size > POINTER_LIMIT_BYTES) {
    return [];
  }
  return gitPointerTargets(named);
}

function lookAt(named: AbsolutePath): Stats | undefined {
  try {
    return lstatSync(named, { throwIfNoEntry: false });
  } catch {
    // Out of our reach: where it leads cannot be followed. That it is protected itself is said all the same.
    return undefined;
  }
}

/** Git's pointer file says `gitdir: PATH`; a broken one (no colon, empty, target missing) leads nowhere. */
function gitPointerTargets(pointer: AbsolutePath): AbsolutePath[] {
  const text = readText(pointer)?.trim() ?? "";
  const target = text.includes(":") ? text.slice(text.indexOf(":") + 1).trim() : "";
  if (target === "") {
    return [];
  }
  return existing(path.resolve(path.dirname(pointer), target)).flatMap((gitDir) => {
    const common = readText(path.join(gitDir, "commondir"))?.trim();
    return [gitDir, ...(common === undefined || common === "" ? [] : existing(path.resolve(gitDir, common)))];
  });
}

function existing(candidate: AbsolutePath): AbsolutePath[] {
  try {
    return [realpathSync.native(candidate)];
  } catch {
    // A link or pointer without a target protects nothing beyond itself.
    return [];
  }
}

function readText(file: AbsolutePath): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Absent or unreadable: for us the same as a pointer that leads nowhere.
    return undefined;
  }
}
