/** Paths in configuration values: `~`, and relative to the folder of the file they stand in. */

import { isAbsolute, join, normalize, resolve } from "node:path";
import { ConfigError } from "../errors.js";
import type { TomlValue } from "../toml/nodes.js";

/**
 * Makes a path absolute without touching the disk; links are not followed.
 * @param home the user's home folder; null when there is none
 */
export function resolveConfigPath(
  path: string,
  node: TomlValue,
  home: string | null,
  platform: NodeJS.Platform,
): string {
  const expanded = platform === "win32" ? path : expandHome(path, home);
  if (isAbsolute(expanded)) {
    return trimEnd(normalize(expanded));
  }
  if (node.source.folder === null) {
    throw new ConfigError("value", `the relative path \`${path}\` has no folder to start from; give an absolute one`);
  }
  return resolve(node.source.folder, expanded);
}

function expandHome(path: string, home: string | null): string {
  if (home === null || (path !== "~" && !path.startsWith("~/"))) {
    return path;
  }
  return join(home, path.slice(1));
}

function trimEnd(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}
