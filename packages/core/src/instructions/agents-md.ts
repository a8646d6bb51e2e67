/** Finds the AGENTS.md files that apply to a folder, within a budget of bytes. */

import { lstatSync, readFileSync, realpathSync, type Stats } from "node:fs";
import { dirname, join } from "node:path";

/** What decides which files are read. */
export interface AgentsMdOptions {
  cwd: string;
  codexHome: string;
  /** Bytes for all project files together; 0: none are read. */
  maxBytes: number;
  /** Names to try in each folder after the standard ones. */
  fallbackFilenames: readonly string[];
}

/** The text for the model, and what a person should know about it. */
export interface AgentsMd {
  /** null: there are no instructions. */
  text: string | null;
  /** Files that were cut, left out or unreadable. */
  warnings: string[];
}

const STANDARD_NAMES = ["AGENTS.override.md", "AGENTS.md"];
const PROJECT_SEPARATOR = "\n\n--- project-doc ---\n\n";

/** Reads the user's own file and the project's, from the repository's root down to the cwd. */
export function readAgentsMd(options: AgentsMdOptions): AgentsMd {
  const warnings: string[] = [];
  const own = readOwn(options.codexHome, warnings);
  const project = readProject(options, warnings);
  const texts = [own, project].filter((text) => text !== null);
  return { text: texts.length === 0 ? null : texts.join(PROJECT_SEPARATOR), warnings };
}

// helpers

function readOwn(codexHome: string, warnings: string[]): string | null {
  for (const name of STANDARD_NAMES) {
    const text = readText(join(codexHome, name), warnings)?.trim();
    if (text) return text;
  }
  return null;
}

function readProject({ cwd, maxBytes, fallbackFilenames }: AgentsMdOptions, warnings: string[]): string | null {
  if (maxBytes === 0) return null;
  const names = [...new Set([...STANDARD_NAMES, ...fallbackFilenames.filter((name) => name !== "")])];
  const docs: Doc[] = [];
  for (const folder of foldersDownTo(cwd)) {
    const path = names.map((name) => join(folder, name)).find(isFileOrLink);
    const text = path === undefined ? null : readText(path, warnings);
    if (path !== undefined && text !== null && text.trim() !== "") docs.push({ path, bytes: Buffer.from(text) });
  }
  return docs.length === 0 ? null : withinBudget(docs, maxBytes, warnings).join("\n\n");
}

interface Doc {
  path: string;
  bytes: Buffer;
}

/**
 * The deepest file is the most specific one, so the budget is spent from the deepest up and the least specific text
 * is cut. The original cuts the deepest; see docs/deviations.md.
 */
function withinBudget(docs: readonly Doc[], maxBytes: number, warnings: string[]): string[] {
  let left = maxBytes;
  const texts: string[] = [];
  for (const { path, bytes } of docs.toReversed()) {
    if (left <= 0) {
      warnings.push(`${path} was left out: the instruction files are larger than project_doc_max_bytes (${maxBytes}).`);
      continue;
    }
    if (bytes.length > left) {
      warnings.push(`${path} was cut: the instruction files are larger than project_doc_max_bytes (${maxBytes}).`);
    }
    texts.unshift(bytes.subarray(0, left).toString("utf8"));
    left -= bytes.length;
  }
  return texts;
}

/** The folders from the repository's root to `cwd`; only `cwd` outside of a repository. */
function foldersDownTo(cwd: string): string[] {
  const start = realPath(cwd);
  const folders: string[] = [];
  for (let folder = start; ; folder = dirname(folder)) {
    if (dirname(folder) === folder) return [start]; // the file system's root is never a project
    folders.unshift(folder);
    if (exists(join(folder, ".git"))) return folders;
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path; // a folder that is gone has no instructions; reading finds that out
  }
}

function exists(path: string): boolean {
  return entryAt(path) !== undefined;
}

function isFileOrLink(path: string): boolean {
  const found = entryAt(path);
  return found !== undefined && (found.isFile() || found.isSymbolicLink());
}

/** undefined: there is none, or none that could be looked at, as below a file. */
function entryAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function readText(path: string, warnings: string[]): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "ENOENT") warnings.push(`${path} could not be read (${String(code)}): its instructions do not apply.`);
    return null;
  }
}
