/** What a store leaves out: patterns of the user and of ours, and single files by name. */

import { join, relative, sep } from "node:path";
import { findRepository, ownExcludeFiles } from "@codex-ts/git";
import { LEFT_OUT_FOLDERS } from "./limits.js";
import { readable } from "./shadow-git.js";
import { type LeftOutFile, readIfPresent, replaceFile, type Store } from "./store.js";
import { isInside } from "./workspace.js";

/** Files without protection in one store, remembered between snapshots because git no longer lists them. */
export class LeftOut {
  readonly #store: Store;
  readonly #codexHome: string;
  /** By name in bytes; those of nested repositories end in `/`. */
  readonly #names = new Map<string, LeftOutFile["reason"]>();

  constructor(store: Store, codexHome: string) {
    this.#store = store;
    this.#codexHome = codexHome;
    for (const [name, reason] of parseList(readIfPresent(this.#listFile()))) this.#names.set(name, reason);
  }

  /** Forgets what may be storable by now, so that it is looked at again, and writes the patterns. */
  review(isTooLarge: (name: string) => boolean): void {
    for (const [name, reason] of this.#names) {
      if (reason !== "too-large" || !isTooLarge(name)) this.#names.delete(name);
    }
    this.save();
  }

  add(name: string, reason: LeftOutFile["reason"]): void {
    this.#names.set(name, reason);
  }

  /** Tells git about them. */
  save(): void {
    replaceFile(this.#listFile(), `${JSON.stringify([...this.#names])}\n`);
    replaceFile(join(this.#store.gitDir, "info", "exclude"), this.#patterns());
  }

  files(): LeftOutFile[] {
    return [...this.#names].map(([name, reason]) => ({ path: readable(name), reason }));
  }

  #listFile(): string {
    return join(this.#store.folder, "left-out.json");
  }

  #patterns(): string {
    const { root } = this.#store;
    const repository = findRepository(root);
    const users = repository === null ? [] : ownExcludeFiles(repository).map((file) => readIfPresent(file) ?? "");
    const ours = LEFT_OUT_FOLDERS.map((name) => `${name}/`);
    if (isInside(this.#codexHome, root)) ours.push(anchored(relative(root, this.#codexHome).split(sep).join("/")));
    const names = [...this.#names.keys()].map((name) => anchored(readable(name)));
    return [...users, ...ours, ...names, ""].join("\n");
  }
}

/** A pattern that means one path; a line end in a name cannot be written, `?` stands for it. */
function anchored(path: string): string {
  return `/${path.replaceAll(/[\\*?[\] ]/g, String.raw`\$&`).replaceAll(/[\n\r]/g, "?")}`;
}

function parseList(text: string | null): [string, LeftOutFile["reason"]][] {
  let value: unknown;
  try {
    value = JSON.parse(text ?? "[]");
  } catch {
    // Git lists the files again, and they are left out again.
    return [];
  }
  return Array.isArray(value) ? value.flatMap((entry: unknown) => (isEntry(entry) ? [entry] : [])) : [];
}

function isEntry(value: unknown): value is [string, LeftOutFile["reason"]] {
  return Array.isArray(value) && typeof value[0] === "string" && REASONS.has(value[1]);
}

const REASONS: ReadonlySet<unknown> = new Set(["too-large", "unreadable", "nested-repository"]);
