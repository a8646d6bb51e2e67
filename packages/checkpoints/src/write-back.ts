/** Puts files of a store's trees back into the workspace, each whole or not at all. */

import { randomBytes } from "node:crypto";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { sep } from "node:path";
import { codeOf } from "./errors.js";
import type { PlannedChange } from "./plan.js";
import { readable, shadowGit } from "./shadow-git.js";
import type { Store } from "./store.js";

/** What could not be put back, and why. */
export interface FailedFile {
  path: string;
  reason: string;
}

/** How it went, by paths for people. */
export interface WriteBackResult {
  restored: string[];
  failed: FailedFile[];
}

/** Contents that are in memory at a time. */
const FILES_AT_ONCE = 256;
const BYTES_AT_ONCE = 64 << 20;
const EXECUTABLE = "100755";
const LINK = "120000";

/** Removals come first, so that a folder can take the place of a file and the other way round. */
export async function writeBack(store: Store, changes: readonly PlannedChange[]): Promise<WriteBackResult> {
  const result: WriteBackResult = { restored: [], failed: [] };
  const removed = changes.filter((change) => change.target === null).toSorted((a, b) => (a.name < b.name ? 1 : -1));
  const written = changes.flatMap(({ name, target }) => (target === null ? [] : [{ name, ...target }]));
  // Asked before anything is touched: a store that cannot be read must not be noticed half-way.
  const sizes = await sizesOf(
    store,
    written.map(({ blob }) => blob),
  );
  for (const { name } of removed) attempt(name, () => remove(store, name));
  for (const group of inGroups(written, ({ blob }) => sizes.get(blob) ?? 0)) {
    let blobs: Map<string, Buffer>;
    try {
      blobs = await contents(
        store,
        group.map(({ blob }) => blob),
      );
    } catch (error) {
      // Some files are back already: the others are told, not thrown for.
      for (const { name } of group) failed(name, error);
      continue;
    }
    for (const { name, mode, blob } of group) {
      attempt(name, () => {
        const content = blobs.get(blob);
        if (content === undefined) throw new Error("its content is no longer in the store");
        write(store, name, mode, content);
      });
    }
  }
  return result;

  function attempt(name: string, action: () => void): void {
    try {
      action();
      result.restored.push(readable(name));
    } catch (error) {
      failed(name, error);
    }
  }

  function failed(name: string, error: unknown): void {
    result.failed.push({ path: readable(name), reason: error instanceof Error ? error.message : String(error) });
  }
}

/** Cuts a list so that no group has too many files or bytes; a file that is too large alone is a group of its own. */
export function inGroups<T>(files: readonly T[], sizeOf: (file: T) => number): T[][] {
  const groups: T[][] = [];
  let bytes = 0;
  for (const file of files) {
    bytes += sizeOf(file);
    const group = groups.at(-1);
    if (group !== undefined && group.length < FILES_AT_ONCE && bytes <= BYTES_AT_ONCE) {
      group.push(file);
      continue;
    }
    groups.push([file]);
    bytes = sizeOf(file);
  }
  return groups;
}

/** Sizes by id, from the form `<id> blob <size>`; without those that are not there. */
async function sizesOf(store: Store, blobs: readonly string[]): Promise<Map<string, number>> {
  if (blobs.length === 0) return new Map();
  const output = await shadowGit(store, ["cat-file", "--batch-check"], {
    input: Buffer.from(`${blobs.join("\n")}\n`),
  });
  return new Map(
    output
      .toString("latin1")
      .split("\n")
      .map((line) => line.split(" "))
      .flatMap(([id = "", kind, size]) => (kind === "blob" ? [[id, Number(size)] as const] : [])),
  );
}

/** Blobs by id, from the form `<id> blob <size>\n<content>\n`. */
async function contents(store: Store, blobs: readonly string[]): Promise<Map<string, Buffer>> {
  const output = await shadowGit(store, ["cat-file", "--batch"], { input: Buffer.from(`${blobs.join("\n")}\n`) });
  const found = new Map<string, Buffer>();
  for (let at = 0; at < output.length;) {
    const lineEnd = output.indexOf(0x0a, at);
    const [id = "", kind, size] = output.toString("latin1", at, lineEnd).split(" ");
    if (kind !== "blob") {
      at = lineEnd + 1;
      continue;
    }
    const end = lineEnd + 1 + Number(size);
    found.set(id, output.subarray(lineEnd + 1, end));
    at = end + 1;
  }
  return found;
}

function remove(store: Store, name: string): void {
  checkName(name);
  // Behind a link or without its folder the file is not there, and what a link leads to is not ours.
  if (!foldersOf(name).every((folder) => statOf(store, folder)?.isDirectory())) return;
  try {
    unlinkSync(pathOf(store, name));
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
  for (const folder of foldersOf(name).toReversed()) {
    try {
      rmdirSync(pathOf(store, folder));
    } catch {
      // Not empty, or not ours to remove: then it stays, and so do those above it.
      return;
    }
  }
}

function write(store: Store, name: string, mode: string, content: Buffer): void {
  checkName(name);
  makeFolders(store, name);
  const path = pathOf(store, name);
  const before = statOf(store, name);
  // Only an empty folder gives way: what is in it was not ours.
  if (before?.isDirectory()) rmdirSync(path);
  const temporary = pathOf(store, [...foldersOf(name).slice(-1), temporaryName()].join("/"));
  try {
    if (mode === LINK) {
      symlinkSync(content, temporary);
    } else {
      writeFileSync(temporary, content, { flag: "wx", mode: mode === EXECUTABLE ? 0o777 : 0o666 });
      if (before?.isFile()) chmodSync(temporary, modeLike(before.mode, mode));
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** A file that is there keeps its permissions, but for the one that Git records. */
function modeLike(before: number, mode: string): number {
  const permissions = before & 0o7777;
  return mode === EXECUTABLE ? permissions | ((permissions & 0o444) >> 2) : permissions & ~0o111;
}

/** A file, or a link, in the way of a folder goes: the snapshot taken before has it. */
function makeFolders(store: Store, name: string): void {
  for (const folder of foldersOf(name)) {
    const stat = statOf(store, folder);
    if (stat?.isDirectory()) continue;
    if (stat) unlinkSync(pathOf(store, folder));
    mkdirSync(pathOf(store, folder));
  }
}

/** Git refuses such names too; a store that was meddled with must not lead out of the workspace. */
function checkName(name: string): void {
  const odd = name.split("/").some((part) => ["", ".", "..", ".git"].includes(part.toLowerCase()));
  if (odd) throw new Error("its name is not one that is restored");
}

/** `a`, `a/b` for `a/b/c`. */
function foldersOf(name: string): string[] {
  const parts = name.split("/").slice(0, -1);
  return parts.map((_part, at) => parts.slice(0, at + 1).join("/"));
}

/** Names are bytes, not necessarily UTF-8. */
function pathOf(store: Store, name: string): Buffer {
  return Buffer.concat([Buffer.from(store.root + sep), Buffer.from(name, "latin1")]);
}

function statOf(store: Store, name: string): Stats | undefined {
  try {
    return lstatSync(pathOf(store, name));
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
    throw error;
  }
}

function temporaryName(): string {
  return `.codex-restore-${randomBytes(6).toString("hex")}`;
}
