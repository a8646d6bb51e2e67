/** Reads CODEX_HOME/.env: variables that people want set for the agent and its commands. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "./home.js";

/**
 * The variables in CODEX_HOME/.env. Names that begin with `CODEX_` are left out: that file must not move the agent's
 * own settings. A missing file has none; a line that cannot be read is skipped.
 * @param env for `$NAME` in values; variables of the file itself come first
 */
export function readDotenv(codexHome: string, env: Environment): ReadonlyMap<string, string> {
  let text: string;
  try {
    text = readFileSync(join(codexHome, ".env"), "utf8");
  } catch {
    // Most people have none, and one that cannot be read must not keep the agent from starting.
    return new Map();
  }
  const variables = parseDotenv(text, env);
  return new Map([...variables].filter(([name]) => !name.toUpperCase().startsWith("CODEX_")));
}

/** Parses `NAME=value` lines. Pure. */
export function parseDotenv(text: string, env: Environment): Map<string, string> {
  const variables = new Map<string, string>();
  const lookUp = (name: string): string => variables.get(name) ?? env[name] ?? "";
  for (const [, name, rest] of text.matchAll(ASSIGNMENT)) {
    const value = parseValue(rest ?? "", lookUp);
    if (name !== undefined && value !== null) {
      variables.set(name, value);
    }
  }
  return variables;
}

/** A name, and what follows up to the end of the line, or of the quotes if those go on over several lines. */
const ASSIGNMENT =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.]*)[ \t]*=[ \t]*("(?:[^"\\]|\\[^])*"[^\n]*|'[^']*'[^\n]*|[^\n]*)/gm;

function parseValue(raw: string, lookUp: (name: string) => string): string | null {
  const text = raw.trim();
  if (text.startsWith("'")) {
    const value = /^'([^']*)'[ \t]*(?:#.*)?$/.exec(text)?.[1];
    return value ?? null;
  }
  if (text.startsWith('"')) {
    const value = /^"((?:[^"\\]|\\[^])*)"[ \t]*(?:#.*)?$/.exec(text)?.[1];
    return value === undefined ? null : expand(value, lookUp);
  }
  const value = text.replace(/(?:^|[ \t]+)#.*$/, "");
  return /["']/.test(value) ? null : expand(value, lookUp);
}

function expand(text: string, lookUp: (name: string) => string): string {
  return text.replace(
    /\\([^])|\$\{([A-Za-z_][A-Za-z0-9_.]*)\}|\$([A-Za-z_][A-Za-z0-9_]*)/g,
    (_all, escaped, braced, bare) => {
      if (typeof escaped === "string") {
        return escaped === "n" ? "\n" : escaped;
      }
      return lookUp(typeof braced === "string" ? braced : String(bare));
    },
  );
}
