/** The per-user cache folder of macOS, which programs with a network need to write. */

import { execFileSync } from "node:child_process";
import type { AbsolutePath } from "@codex-ts/protocol";
import { realPath } from "../policy/writable-roots.js";

let known: { folder: AbsolutePath | undefined } | undefined;

/** Asked once per process; undefined when the system does not say. */
export function userCacheDir(): AbsolutePath | undefined {
  known ??= { folder: ask() };
  return known.folder;
}

function ask(): AbsolutePath | undefined {
  try {
    return realPath(
      execFileSync("/usr/bin/getconf", ["DARWIN_USER_CACHE_DIR"], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }).trim(),
    );
  } catch {
    // Then commands do without the cache.
    return undefined;
  }
}
