/** Looks at files whose absence is an answer. */

import { readFileSync, statSync, type Stats } from "node:fs";

/** A small file's text; null when it cannot be read, which for a fact about a repository means: not known. */
export function readTextIfPresent(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Missing, unreadable or a folder: each means that the fact in it is unknown.
    return null;
  }
}

/** What a path is, or null when nobody can tell. */
export function statIfPresent(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    // As above: what cannot be seen is not there for us.
    return null;
  }
}
