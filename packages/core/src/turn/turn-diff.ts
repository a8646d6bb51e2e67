/** The diff of everything that patches changed in a turn: what the files held before the first patch against what they hold now. */

import type { FileVersion } from "@codex-ts/apply-patch";
import { lstatSync, readFileSync, readlinkSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";

/** A file that a patch touches; `movePath` is where it goes. */
export interface TouchedFile {
  path: string;
  movePath: string | null;
}

/** A file's state; null: there is none. */
type FileState = FileVersion | null;

/** Collects touched files and words the difference in Git's form. */
export class TurnDiff {
  readonly #cwd: string;
  readonly #say: (diff: string) => void;
  /** Original states by the path at which the file was first seen. */
  readonly #before = new Map<string, FileState>();
  /** Where a file is now, by where it was. */
  readonly #movedTo = new Map<string, string>();

  /** @param say hears the whole diff each time it is announced */
  constructor(cwd: string, say: (diff: string) => void) {
    this.#cwd = cwd;
    this.#say = say;
  }

  /** Remembers what the files hold, before a patch is applied. */
  before(files: readonly TouchedFile[]): void {
    for (const { path, movePath } of files) {
      this.#remember(path);
      if (movePath !== null) this.#remember(movePath);
    }
  }

  /** Follows the moves of a patch that was applied. */
  after(files: readonly TouchedFile[]): void {
    for (const { path, movePath } of files) {
      if (movePath !== null && movePath !== path) this.#movedTo.set(this.#originOf(path), movePath);
    }
  }

  /** Says the whole diff, when there is one. */
  async announce(): Promise<void> {
    const diff = await this.text();
    if (diff !== "") this.#say(diff);
  }

  /** The whole diff; empty when nothing differs. */
  async text(): Promise<string> {
    if (this.#before.size === 0) return "";
    const { gitFileDiff } = await import("@codex-ts/apply-patch");
    const root = gitRootOf(this.#cwd);
    const movedHere = new Set(this.#movedTo.values());
    const entries = [...this.#before]
      .filter(([path, state]) => !(movedHere.has(path) && state === null))
      .map(([path, state]) => ({ path, state, now: this.#movedTo.get(path) ?? path }))
      .map((entry) => ({ ...entry, name: displayName(entry.path, root), nowName: displayName(entry.now, root) }));
    entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const diffs = entries.map(({ name, nowName, state, now }) => {
      return gitFileDiff({ oldPath: name, newPath: nowName, before: state, after: readState(now) });
    });
    return (await Promise.all(diffs)).join("");
  }

  #remember(path: string): void {
    if (this.#before.has(path) || [...this.#movedTo.values()].includes(path)) return;
    this.#before.set(path, readState(path));
  }

  #originOf(path: string): string {
    for (const [origin, now] of this.#movedTo) if (now === path) return origin;
    return path;
  }
}

// helpers

function readState(path: string): FileState {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return null;
  try {
    if (found.isSymbolicLink()) return { mode: "120000", content: readlinkSync(path, { encoding: "buffer" }) };
    if (!found.isFile()) return null;
    return { mode: (found.mode & 0o111) === 0 ? "100644" : "100755", content: readFileSync(path) };
  } catch {
    return null; // a file that cannot be read cannot be compared; the patch itself reports what is wrong with it
  }
}

/** Relative to the repository with `/`; absolute outside of one. */
function displayName(path: string, root: string | null): string {
  if (root === null) return path;
  const inside = relative(root, path);
  return inside.startsWith("..") || isAbsolute(inside) ? path : inside.split(sep).join("/");
}

function gitRootOf(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (lstatSync(join(at, ".git"), { throwIfNoEntry: false }) !== undefined) return at;
    if (dirname(at) === at) return null;
  }
}
