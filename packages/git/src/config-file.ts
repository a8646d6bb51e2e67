/** Reads Git's config files as git-config(1) describes them, as far as facts about a repository need it. */

import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import type { Repository } from "./repository.js";
import { readTextIfPresent } from "./small-files.js";

/** One variable; section and key are lower case, the subsection is as written, a key without `=` has the value "true". */
export interface ConfigEntry {
  section: string;
  subsection: string | null;
  key: string;
  value: string;
}

/** Included files nest no deeper than this in git. */
const MAX_INCLUDE_DEPTH = 10;

/** The user's and the repository's variables, later ones stronger. The system-wide file and `includeIf` are left out. */
export function readGitConfig(
  repository: Repository,
  env: Readonly<Record<string, string | undefined>>,
): ConfigEntry[] {
  const home = env["HOME"] ?? homedir();
  const xdg = env["XDG_CONFIG_HOME"] || join(home, ".config");
  const global = env["GIT_CONFIG_GLOBAL"];
  const files = global === undefined ? [join(xdg, "git", "config"), join(home, ".gitconfig")] : [global];
  files.push(join(repository.commonDir, "config"));
  return files.flatMap((file) => entriesOf(file, home, 0));
}

/** The last value of a variable, or null. */
export function lastValue(
  entries: readonly ConfigEntry[],
  section: string,
  subsection: string | null,
  key: string,
): string | null {
  return (
    entries.findLast((entry) => entry.section === section && entry.subsection === subsection && entry.key === key)
      ?.value ?? null
  );
}

function entriesOf(file: string, home: string, depth: number): ConfigEntry[] {
  const text = readTextIfPresent(file);
  if (text === null) return [];
  return parseGitConfig(text).flatMap((entry) => {
    if (entry.section !== "include" || entry.key !== "path" || depth === MAX_INCLUDE_DEPTH) return [entry];
    const path = entry.value.startsWith("~/") ? join(home, entry.value.slice(2)) : entry.value;
    return entriesOf(isAbsolute(path) ? path : join(dirname(file), path), home, depth + 1);
  });
}

const SECTION = /^\s*\[\s*([A-Za-z0-9.-]+)\s*(?:"((?:[^"\\]|\\.)*)")?\s*\]/;
const VARIABLE = /^\s*([A-Za-z][A-Za-z0-9-]*)\s*(=)?/;

/** Splits a config file into its variables; lines that are no config are passed over. */
export function parseGitConfig(text: string): ConfigEntry[] {
  const entries: ConfigEntry[] = [];
  let section = "";
  let subsection: string | null = null;
  let rest = text.replaceAll("\r\n", "\n");
  while (rest !== "") {
    const header = SECTION.exec(rest);
    if (header?.[1] !== undefined && !header[0].includes("\n")) {
      [section, subsection] = sectionName(header[1], header[2]);
      rest = rest.slice(header[0].length);
    }
    const variable = VARIABLE.exec(rest);
    if (variable?.[1] !== undefined && !variable[0].trimEnd().includes("\n")) {
      const key = variable[1].toLowerCase();
      const value = variable[2] ? readValue(rest, variable[0].length) : { value: "true", end: lineEnd(rest) };
      entries.push({ section, subsection, key, value: value.value });
      rest = rest.slice(value.end + 1);
    } else {
      rest = rest.slice(lineEnd(rest) + 1);
    }
  }
  return entries;
}

function sectionName(name: string, quoted: string | undefined): [string, string | null] {
  if (quoted !== undefined) return [name.toLowerCase(), quoted.replaceAll(/\\(.)/g, "$1")];
  const dot = name.indexOf(".");
  return dot < 0 ? [name.toLowerCase(), null] : [name.slice(0, dot).toLowerCase(), name.slice(dot + 1).toLowerCase()];
}

function lineEnd(text: string): number {
  const end = text.indexOf("\n");
  return end < 0 ? text.length : end;
}

/** A value ends at the line's end or a comment; quotes protect, backslash escapes and continues lines. */
function readValue(text: string, start: number): { value: string; end: number } {
  let value = "";
  let kept = 0;
  let quoted = false;
  let at = start;
  for (; at < text.length; at++) {
    const char = text[at];
    if (char === "\n") break;
    if (!quoted && (char === "#" || char === ";")) {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end;
      break;
    }
    if (char === "\\") {
      at++;
      const escaped = text[at];
      if (escaped !== "\n" && escaped !== undefined) value += ESCAPES[escaped] ?? escaped;
      kept = value.length;
    } else if (char === '"') {
      quoted = !quoted;
      kept = value.length;
    } else if (quoted || (char !== " " && char !== "\t")) {
      value += char;
      kept = value.length;
    } else if (value !== "") {
      value += char;
    }
  }
  return { value: value.slice(0, kept), end: at };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", b: "\b" };
