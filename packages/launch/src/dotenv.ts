/** Reads `$CODEX_HOME/.env` into an environment, except for what would change the program itself. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Variables that steer us or the runtime under us: a file must not set them. */
const REFUSED = /^(CODEX_|BUN_|NODE_OPTIONS$|LD_PRELOAD$|LD_LIBRARY_PATH$|DYLD_)/i;

/** Adds the file's variables; they win over those that are set. Without a file nothing happens. */
export function loadDotenv(codexHome: string, env: Record<string, string | undefined>): void {
  let text: string;
  try {
    text = readFileSync(join(codexHome, ".env"), "utf8");
  } catch {
    return; // there is none, or it is not ours to read: it is optional
  }
  for (const [name, value] of parseDotenv(text)) if (!REFUSED.test(name)) env[name] = value;
}

/** `NAME=value` lines, with `export`, comments, and single or double quotes. */
export function parseDotenv(text: string): [name: string, value: string][] {
  const line =
    /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*=[ \t]*(?:'([^']*)'|"((?:[^"\\]|\\[^])*)"|([^\n#]*?))[ \t]*(?:#[^\n]*)?$/gm;
  return [...text.replaceAll("\r\n", "\n").matchAll(line)].map(([, name = "", single, double, plain]) => [
    name,
    single ?? (double === undefined ? undefined : unescape(double)) ?? plain ?? "",
  ]);
}

function unescape(text: string): string {
  return text.replace(/\\([^])/g, (_, character: string) => ({ n: "\n", r: "\r", t: "\t" })[character] ?? character);
}
