/** Tells where a patch writes behind links: a person who is asked about a path must know that it leads elsewhere. */

import { realpathSync } from "node:fs";
import { sep } from "node:path";

/**
 * What is written and not named.
 * @param named absolute paths as the patch names them
 * @param written absolute paths behind all links
 * @param cwd absolute; a link on the way to the folder itself is nothing to tell of
 */
export function linkedTargets(named: readonly string[], written: readonly string[], cwd: string): string[] {
  const root = realPath(cwd);
  const expected = new Set(
    named.flatMap((path) => (path.startsWith(cwd + sep) ? [path, root + path.slice(cwd.length)] : [path])),
  );
  return written.filter((path) => !expected.has(path));
}

/** A folder that is gone leads nowhere else. */
function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
