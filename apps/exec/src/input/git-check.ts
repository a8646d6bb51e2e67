/** Whether a folder lies in a Git repository: outside of one, exec asks for an explicit word. */

import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";

/** True when the folder or one above it holds `.git`. */
export function isInsideRepository(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (lstatSync(join(at, ".git"), { throwIfNoEntry: false }) !== undefined) return true;
    if (dirname(at) === at) return false;
  }
}
