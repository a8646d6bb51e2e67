/** Finds the program. */

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** How the program is started. */
export interface Executable {
  command: string;
  /** Words before its own arguments. */
  prefix: string[];
}

/** The given path, else the package `codex-ts` beside us, else `codex` on PATH. */
export function findExecutable(override: string | undefined): Executable {
  if (override !== undefined) return { command: override, prefix: [] };
  return packagedExecutable() ?? { command: "codex", prefix: [] };
}

/** The standalone executable of the package, or its bundle for Node. */
function packagedExecutable(): Executable | null {
  const dist = packageFolder("codex-ts");
  if (dist === null) return null;
  const standalone = join(dist, process.platform === "win32" ? "codex.exe" : "codex");
  if (existsSync(standalone)) return { command: standalone, prefix: [] };
  const bundle = join(dist, "node", "codex.js");
  return existsSync(bundle) ? { command: process.execPath, prefix: [bundle] } : null;
}

function packageFolder(name: string): string | null {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), "dist");
  } catch {
    return null; // not installed
  }
}
