/** Which folders a policy makes writable, and which names inside them stay read-only all the same. */

import { realpathSync, statSync } from "node:fs";
import path from "node:path";
import type { AbsolutePath } from "@codex-ts/protocol";
import { protectedPaths } from "./protected-paths.js";
import type { SandboxScope } from "./scope.js";

/** A folder in which a command may write, or a single file that it may. */
export interface WritableRoot {
  /** The real path (links resolved). */
  root: AbsolutePath;
  /**
   * Paths that stay read-only: `.git` and `.codex` directly under the root (also when they do not exist yet), what they
   * point to, and CODEX_HOME. A path may lie outside the root when a `.git` pointer or a link leads there.
   */
  readOnly: AbsolutePath[];
}

/**
 * The writable roots of `workspace-write`, in the order configured roots, workspace, `/tmp`, `$TMPDIR`, without
 * repetition; every other policy has none. Roots that do not exist are left out, and so is a root that lies inside
 * another root by name but not really: a command could have put a link there to make the next command's world larger.
 * Reads the file system; changes nothing.
 */
export function writableRoots(scope: SandboxScope): WritableRoot[] {
  const candidates = candidateRoots(scope);
  const home = realPath(scope.codexHome) ?? path.resolve(scope.codexHome);
  return resolveRoots(candidates, home).map((root) => ({
    root,
    readOnly: [...new Set([...(isDirectory(root) ? protectedPaths(root) : []), home])],
  }));
}

interface CandidateRoot {
  named: AbsolutePath;
  /** Written down by a person, or the place they work in; the rest comes from the environment. */
  chosen: boolean;
}

function candidateRoots({ policy, policyCwd, tmpdir }: SandboxScope): CandidateRoot[] {
  if (policy.type !== "workspace-write") {
    return [];
  }
  const candidates = [...(policy.writable_roots ?? []), policyCwd].map((root) => ({
    named: path.resolve(policyCwd, root),
    chosen: true,
  }));
  if (process.platform !== "win32" && policy.exclude_slash_tmp !== true) {
    candidates.push({ named: "/tmp", chosen: false });
  }
  if (policy.exclude_tmpdir_env_var !== true && tmpdir !== undefined && tmpdir !== "") {
    candidates.push({ named: path.resolve(tmpdir), chosen: false });
  }
  return candidates;
}

/** Names to real paths; what is missing, neither folder nor file, or led astray by a link is dropped. */
function resolveRoots(candidates: readonly CandidateRoot[], codexHome: AbsolutePath): AbsolutePath[] {
  const resolved = candidates.flatMap(({ named, chosen }) => {
    const real = realPath(named);
    // A temporary folder inside our own settings would open them to every command.
    const opensHome = real !== undefined && !chosen && isInside(real, codexHome);
    return real !== undefined && !opensHome && isDirectoryOrFile(real) ? [{ named, real }] : [];
  });
  const trusted = resolved.filter((candidate) => {
    const passed = foldersPassed(candidate.named);
    return !resolved.some(
      ({ real }) => !isInside(candidate.real, real) && passed.some((folder) => isInside(folder, real)),
    );
  });
  return [...new Set(trusted.map(({ real }) => real))];
}

/** The real folders that a name passes on its way: a link in one of them may have been made by a command. */
function foldersPassed(named: AbsolutePath): AbsolutePath[] {
  const parent = path.dirname(named);
  const real = realPath(parent);
  return parent === named ? [] : [...(real === undefined ? [] : [real]), ...foldersPassed(parent)];
}

/** Devices and sockets are not written to by being a root. */
function isDirectoryOrFile(candidate: AbsolutePath): boolean {
  return isDirectory(candidate) || statSync(candidate, { throwIfNoEntry: false })?.isFile() === true;
}

function isDirectory(candidate: AbsolutePath): boolean {
  return statSync(candidate, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The path with all links resolved; undefined when it does not exist or cannot be reached. */
export function realPath(candidate: AbsolutePath): AbsolutePath | undefined {
  try {
    return realpathSync.native(candidate);
  } catch {
    // Missing, a loop of links, or not ours to look at: in each case there is nothing that could be made writable.
    return undefined;
  }
}

/** Whether `candidate` is `folder` or lies below it, by name. */
export function isInside(candidate: AbsolutePath, folder: AbsolutePath): boolean {
  return candidate === folder || candidate.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}
