/** Whether a folder lies in a Git repository: outside of one, work needs an explicit word. */

import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import { NotInRepositoryError } from "./errors.js";
import type { ThreadOptions } from "./options.js";

/** As `codex exec` sees it: the folder or one above it has `.git`. @throws {NotInRepositoryError} */
export function checkRepository(folder: string, { skipGitRepoCheck }: ThreadOptions): void {
  if (skipGitRepoCheck !== true && !isInRepository(folder)) throw new NotInRepositoryError(folder);
}

function isInRepository(folder: string): boolean {
  if (lstatSync(join(folder, ".git"), { throwIfNoEntry: false }) !== undefined) return true;
  return dirname(folder) !== folder && isInRepository(dirname(folder));
}
