/** Ignore files: their patterns, and what several of them in a row of folders say of a path. Pure. */

import { compilePath, compileSegment, matchesPath, matchesSegment, type PathGlob, type SegmentGlob } from "./glob.js";

/** A line of an ignore file. */
interface IgnoreRule {
  /** `!`: what matches is not ignored after all. */
  negated: boolean;
  foldersOnly: boolean;
  /** Patterns without an inner slash match names at any depth. */
  name: SegmentGlob | null;
  path: PathGlob | null;
}

/** The rules of one ignore file; the last one that matches counts. */
export type IgnoreRules = readonly IgnoreRule[];

/** Reads the lines of an ignore file. */
export function parseIgnoreFile(text: string): IgnoreRules {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .flatMap((line) => {
      const rule = parseRule(line);
      return rule === null ? [] : [rule];
    });
}

/** No path is longer, so a longer pattern is somebody's attempt to keep us busy. */
const MAX_PATTERN = 4_096;

/** Null for blank lines, comments and patterns that nothing matches. */
function parseRule(line: string): IgnoreRule | null {
  if (line.startsWith("#") || line.length > MAX_PATTERN) return null;
  const negated = line.startsWith("!");
  let pattern = withoutTrailingBlanks(negated ? line.slice(1) : line);
  const foldersOnly = pattern.endsWith("/");
  if (foldersOnly) pattern = pattern.slice(0, -1);
  // Git lets nothing match a pattern that ends in the middle of an escape.
  if (pattern === "" || (pattern.endsWith("\\") && !isEscaped(pattern, pattern.length - 1))) return null;
  if (!pattern.includes("/")) return { negated, foldersOnly, name: compileSegment(pattern), path: null };
  return { negated, foldersOnly, name: null, path: compilePath(pattern.startsWith("/") ? pattern.slice(1) : pattern) };
}

/** Blanks at the end count only when they are escaped. */
function withoutTrailingBlanks(pattern: string): string {
  let end = pattern.length;
  while (pattern[end - 1] === " " && !isEscaped(pattern, end - 1)) end--;
  return pattern.slice(0, end);
}

function isEscaped(pattern: string, at: number): boolean {
  let slashes = 0;
  while (pattern[at - 1 - slashes] === "\\") slashes++;
  return slashes % 2 === 1;
}

/** What some rules say. */
export type IgnoreVerdict = "ignore" | "include" | "nothing";

/** @param segments the path from the rules' folder on */
export function verdictOf(rules: IgnoreRules, segments: readonly string[], isFolder: boolean): IgnoreVerdict {
  const name = segments.at(-1) ?? "";
  for (let at = rules.length - 1; at >= 0; at--) {
    const rule = rules[at];
    if (rule === undefined || (rule.foldersOnly && !isFolder)) continue;
    const matches =
      rule.name === null ? rule.path !== null && matchesPath(rule.path, segments) : matchesSegment(rule.name, name);
    if (matches) return rule.negated ? "include" : "ignore";
  }
  return "nothing";
}

/** Rules and the depth of the folder they stand in, counted in segments from the file system's root. */
export interface PlacedRules {
  rules: IgnoreRules;
  depth: number;
}

/**
 * Kinds of ignore files, the strongest first; within a kind, the rules of the outermost folder come first. What a stronger
 * kind says holds, and within a kind what the innermost folder's file says.
 */
export type IgnoreLayers = readonly (readonly PlacedRules[])[];

/** Whether a path is ignored. Its folders are not looked at: who walks does not enter ignored ones. */
export function isIgnored(layers: IgnoreLayers, segments: readonly string[], isFolder: boolean): boolean {
  for (const layer of layers) {
    for (let at = layer.length - 1; at >= 0; at--) {
      const placed = layer[at];
      if (placed === undefined) continue;
      const verdict = verdictOf(placed.rules, placed.depth === 0 ? segments : segments.slice(placed.depth), isFolder);
      if (verdict !== "nothing") return verdict === "ignore";
    }
  }
  return false;
}
