/** Walks a folder and gives the files in it that are not ignored, folder by folder. */

import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, parse, resolve, sep } from "node:path";
import { type IgnoreLayers, isIgnored, parseIgnoreFile, type PlacedRules } from "./ignore-rules.js";
import { comparePaths } from "./path-order.js";

/** What to walk. */
export interface WalkOptions {
  root: string;
  /** Heed `.gitignore`, `.ignore`, `.git/info/exclude` and the user's global ignore file, also those of folders above. */
  respectIgnore: boolean;
  /** Patterns in gitignore form, from the root on, that leave files out whatever ignore files say. */
  exclude: readonly string[];
}

/** A folder that is still to be read. */
interface PendingFolder {
  path: string;
  /** From the root on, with a separator at the end; empty for the root. */
  relative: string;
  segments: readonly string[];
  layers: IgnoreLayers;
}

/**
 * Files below the root, relative to it, in batches; all of them in the order of `comparePaths`. Links to files count as files. Links to folders are followed
 * unless they lead to a folder that is walked anyway. `.git` is never entered, and names that are not valid UTF-8 are left
 * out. A root that does not exist has no files.
 */
export function* walkFiles(options: WalkOptions): Generator<string[]> {
  const start = startOf(options);
  if (start === null) return;
  const walkedLinks = new Set<string>();
  /** What is left, the next at the end. */
  const pending: (string[] | PendingFolder)[] = [start.folder];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    if (Array.isArray(folder)) {
      yield folder;
      continue;
    }
    const entries = readFolder(folder.path);
    const layers = options.respectIgnore ? withOwnRules(folder, entries) : folder.layers;
    /** Files and folders in their order; files side by side are one batch. */
    const found: (string[] | PendingFolder)[] = [];
    for (const entry of entries) {
      const name = entry.name;
      if (name === ".git" || name.includes("\uFFFD")) continue;
      const kind = kindOf(entry, folder.path, start.realRoot, walkedLinks);
      if (kind === null) continue;
      const segments = [...folder.segments, name];
      if (isIgnored(layers, segments, kind === "folder")) continue;
      const batch = found.at(-1);
      if (kind === "folder") {
        found.push({ path: join(folder.path, name), relative: folder.relative + name + sep, segments, layers });
      } else if (Array.isArray(batch)) {
        batch.push(folder.relative + name);
      } else {
        found.push([folder.relative + name]);
      }
    }
    pending.push(...found.toReversed());
  }
}

function startOf(options: WalkOptions): { folder: PendingFolder; realRoot: string } | null {
  const path = resolve(options.root);
  let realRoot: string;
  try {
    realRoot = realpathSync(path);
  } catch {
    // A root that is not there, or not ours to see, has no files.
    return null;
  }
  const segments = segmentsOf(path);
  const excluded = [{ rules: parseIgnoreFile(options.exclude.join("\n")), depth: segments.length }];
  const outer = options.respectIgnore ? outerLayers(path) : [];
  return { folder: { path, relative: "", segments, layers: [excluded, ...outer] }, realRoot };
}

/** Order of the layers that ignore files make: `.ignore`, `.gitignore`, `.git/info/exclude`, global. */
const LAYER_FILES = [".ignore", ".gitignore", join(".git", "info", "exclude")] as const;

function outerLayers(root: string): PlacedRules[][] {
  const above: string[] = [];
  for (let folder = dirname(root); ; folder = dirname(folder)) {
    above.unshift(folder);
    if (folder === dirname(folder)) break;
  }
  const layers = LAYER_FILES.map((file) =>
    above.flatMap((folder) => rulesIn(join(folder, file), segmentsOf(folder).length)),
  );
  return [...layers, rulesIn(globalIgnoreFile(), segmentsOf(root).length)];
}

function withOwnRules(folder: PendingFolder, entries: readonly Dirent[]): IgnoreLayers {
  const has = (name: string): boolean => entries.some((entry) => entry.name === name);
  const depth = folder.segments.length;
  const own = LAYER_FILES.map((file, at) =>
    has(at === 2 ? ".git" : file) ? rulesIn(join(folder.path, file), depth) : [],
  );
  if (own.every((rules) => rules.length === 0)) return folder.layers;
  // Layer 0 holds the caller's patterns.
  return folder.layers.map((layer, at) => [...layer, ...(own[at - 1] ?? [])]);
}

function rulesIn(file: string, depth: number): PlacedRules[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    // No such file here, or none that can be read: it ignores nothing.
    return [];
  }
  const rules = parseIgnoreFile(text);
  return rules.length === 0 ? [] : [{ rules, depth }];
}

/** As git finds it: `core.excludesFile` of the user's config, else the default place. */
function globalIgnoreFile(): string {
  const home = process.env["HOME"] ?? homedir();
  const configHome = process.env["XDG_CONFIG_HOME"] || join(home, ".config");
  for (const config of [join(home, ".gitconfig"), join(configHome, "git", "config")]) {
    const named = /^\s*excludesfile\s*=\s*"?([^"\n]+?)"?\s*$/im.exec(textOf(config))?.[1];
    if (named !== undefined) return resolve(home, named.replace(/^~[\\/]/, `${home}${sep}`));
  }
  return join(configHome, "git", "ignore");
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Without the file nothing is configured.
    return "";
  }
}

function readFolder(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true }).toSorted((a, b) => comparePaths(sortName(a), sortName(b)));
  } catch {
    // Not ours to read, or gone meanwhile: nothing to find in it.
    return [];
  }
}

/** The separator behind a folder's name is part of the paths in it. A link counts as what it may lead to: a folder. */
function sortName(entry: Dirent): string {
  return entry.isDirectory() || entry.isSymbolicLink() ? entry.name + sep : entry.name;
}

function kindOf(entry: Dirent, parent: string, realRoot: string, walked: Set<string>): "file" | "folder" | null {
  if (entry.isDirectory()) return "folder";
  if (!entry.isSymbolicLink()) return "file";
  const path = join(parent, entry.name);
  if (!leadsToFolder(path)) return "file";
  const real = realpathSync(path);
  if (isWithin(real, realRoot) || isWithin(realRoot, real) || walked.has(real)) return null;
  walked.add(real);
  return "folder";
}

/** A link that leads nowhere, or in a circle, is a file like any other. */
function leadsToFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // See above.
    return false;
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function segmentsOf(path: string): string[] {
  return path.slice(parse(path).root.length).split(sep).filter(Boolean);
}
