/** The second stage: may the files of a matched command be read and written, and which executable is to be run? */

import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Mismatch } from "./errors.js";
import type { ValidExec } from "./exec-call.js";

/** Where the command would run and what it may touch; folders are canonical absolute paths. */
export interface PathRules {
  /** null: relative paths cannot be checked. */
  readonly cwd: string | null;
  readonly readableFolders: readonly string[];
  readonly writeableFolders: readonly string[];
}

/** Paths are compared as written, `..` resolved and links not followed. */
export async function checkPaths(
  exec: ValidExec,
  rules: PathRules,
): Promise<{ readonly program: string } | { readonly error: Mismatch }> {
  for (const { type, value } of [...exec.opts, ...exec.args]) {
    const error = checkPath(type, value, rules);
    if (error !== null) return { error };
  }
  return { program: await findExecutable(exec) };
}

function checkPath(type: ValidExec["args"][number]["type"], file: string, rules: PathRules): Mismatch | null {
  if (type !== "ReadableFile" && type !== "WriteableFile") return null;
  if (!isAbsolute(file) && rules.cwd === null) return { type: "CannotCheckRelativePath", file };
  const path = resolve(rules.cwd ?? sep, file);
  const folders = type === "ReadableFile" ? rules.readableFolders : rules.writeableFolders;
  if (folders.some((folder) => isInside(path, folder))) return null;
  return type === "ReadableFile"
    ? { type: "ReadablePathNotInReadableFolders", file: path, folders }
    : { type: "WriteablePathNotInWriteableFolders", file: path, folders };
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

async function findExecutable({ program, system_path }: ValidExec): Promise<string> {
  for (const path of system_path) if (await isExecutable(path)) return path;
  return program;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    // Not there, or not ours to run: the next place is tried.
    return false;
  }
}
