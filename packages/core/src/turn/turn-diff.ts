/** The diff of everything that patches changed in a turn: what the files held before the first patch against what they hold now. */

import type { unifiedDiff as UnifiedDiff } from "@codex-ts/apply-patch";
import { createHash } from "node:crypto";
import { lstatSync, readFileSync, readlinkSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";

/** A file that a patch touches; `movePath` is where it goes. */
export interface TouchedFile {
  path: string;
  movePath: string | null;
}

/** A file's state; null: there is none. */
type FileState = { mode: string; bytes: Buffer } | null;

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
    const { unifiedDiff } = await import("@codex-ts/apply-patch");
    const root = gitRootOf(this.#cwd);
    const movedHere = new Set(this.#movedTo.values());
    const entries = [...this.#before]
      .filter(([path, state]) => !(movedHere.has(path) && state === null))
      .map(([path, state]) => ({ path, state, now: this.#movedTo.get(path) ?? path }))
      .map((entry) => ({ ...entry, name: displayName(entry.path, root), nowName: displayName(entry.now, root) }));
    entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const diffs = entries.map(({ name, nowName, state, now }) =>
      fileDiff(name, nowName, state, readState(now), unifiedDiff),
    );
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

const ABSENT_ID = "0".repeat(40);

async function fileDiff(
  name: string,
  nowName: string,
  before: FileState,
  after: FileState,
  unifiedDiff: typeof UnifiedDiff,
): Promise<string> {
  const same = before !== null && after !== null && before.bytes.equals(after.bytes) && before.mode === after.mode;
  if ((before === null && after === null) || (same && name === nowName)) return "";
  const lines = [`diff --git a/${name} b/${nowName}`];
  if (before === null && after !== null) lines.push(`new file mode ${after.mode}`);
  else if (before !== null && after === null) lines.push(`deleted file mode ${before.mode}`);
  else if (before !== null && after !== null && before.mode !== after.mode) {
    lines.push(`old mode ${before.mode}`, `new mode ${after.mode}`);
  }
  lines.push(`index ${blobId(before)}..${blobId(after)}`);
  const oldText = textOf(before);
  const newText = textOf(after);
  if (oldText === null || newText === null) {
    lines.push("Binary files differ");
    return `${lines.join("\n")}\n`;
  }
  lines.push(
    before === null ? "--- /dev/null" : `--- a/${name}`,
    after === null ? "+++ /dev/null" : `+++ b/${nowName}`,
  );
  return `${lines.join("\n")}\n${await unifiedDiff(oldText, newText, { context: 3 })}`;
}

function readState(path: string): FileState {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return null;
  try {
    if (found.isSymbolicLink()) return { mode: "120000", bytes: readlinkSync(path, { encoding: "buffer" }) };
    if (!found.isFile()) return null;
    return { mode: (found.mode & 0o111) === 0 ? "100644" : "100755", bytes: readFileSync(path) };
  } catch {
    return null; // a file that cannot be read cannot be compared; the patch itself reports what is wrong with it
  }
}

function textOf(state: FileState): string | null {
  if (state === null) return "";
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(state.bytes);
  } catch {
    return null; // binary
  }
}

function blobId(state: FileState): string {
  if (state === null) return ABSENT_ID;
  return createHash("sha1").update(`blob ${state.bytes.length}\0`).update(state.bytes).digest("hex");
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
