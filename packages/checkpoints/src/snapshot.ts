/** Takes a snapshot: brings the store's index up to date with the workspace and writes it as a tree. */

import { randomBytes } from "node:crypto";
import { accessSync, constants, copyFileSync, lstatSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { join, sep } from "node:path";
import { askGit, findRepository } from "@codex-ts/git";
import { codeOf, NotCoveredError } from "./errors.js";
import { LeftOut } from "./left-out.js";
import { type CheckpointLimits, LEFT_OUT_FOLDERS } from "./limits.js";
import { raceAbort } from "./race-abort.js";
import { byteStrings, nulEnded, readable, shadowGit, tryShadowGit } from "./shadow-git.js";
import type { LeftOutFile, Store } from "./store.js";

/** A workspace's files at one moment. */
export interface Snapshot {
  /** The id of a Git tree. */
  tree: string;
  notCovered: LeftOutFile[];
}

/** Takes snapshots of one workspace, one after the other. Other processes may do the same at any time. */
export interface SnapshotTaker {
  /** @throws NotCoveredError when the workspace is beyond its limits or git fails */
  take(signal?: AbortSignal): Promise<Snapshot>;
  /** Does something when no snapshot is under way; the signal stops it as soon as one is wanted. */
  whenIdle<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** From here on git walks the workspace itself and packs what it stores, instead of being told each name. */
const MANY_PATHS = 500;

/** Makes a taker; nothing is read yet. */
export function snapshotTaker(store: Store, codexHome: string, limits: CheckpointLimits): SnapshotTaker {
  const leftOut = new LeftOut(store, codexHome);
  /** The tree of the shared index as it was when this was learnt. */
  let known: { index: string; tree: string } | null = null;
  /** The state of the user's index whose ignored but tracked files are in ours. */
  let seenUserIndex: string | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  /** What goes on, or waits, because there is nothing else to do. */
  const idle = new Set<AbortController>();

  async function takeNow(signal: AbortSignal | undefined): Promise<Snapshot> {
    leftOut.review((name) => verdictOf(store, name, limits) === "too-large");
    const changes = await changedNames(signal);
    const sorted = sortOut(changes.names);
    checkLimits(sorted);
    const same = sorted.stored.length + sorted.removed.length === 0;
    const tree = same ? await sharedTree(signal) : await update(sorted, signal);
    seenUserIndex = changes.userIndex;
    return { tree, notCovered: leftOut.files() };
  }

  /** Names that differ between the shared index and the workspace; nested repositories end in `/`. */
  async function changedNames(signal: AbortSignal | undefined): Promise<{ names: string[]; userIndex: string | null }> {
    const options = signal === undefined ? {} : { signal };
    const userIndex = userIndexState();
    const [fresh, listed, forced] = await Promise.all([
      shadowGit(store, ["ls-files", "-z", "--others", "--exclude-standard"], options),
      shadowGit(store, ["diff-files", "-z", "--name-only", "--no-renames", "--ignore-submodules=all"], options),
      userIndex !== null && userIndex !== seenUserIndex ? trackedButIgnored(signal) : [],
    ]);
    return { names: [...new Set([...byteStrings(fresh), ...byteStrings(listed), ...forced])], userIndex };
  }

  /** Files that the user's git tracks although patterns would leave them out. */
  async function trackedButIgnored(signal: AbortSignal | undefined): Promise<string[]> {
    const patterns = LEFT_OUT_FOLDERS.map((name) => `--exclude=${name}/`);
    const args = ["ls-files", "-z", "--cached", "--ignored", "--exclude-standard", ...patterns];
    const listing = await askGit(args, { cwd: store.root, ...(signal === undefined ? {} : { signal }) });
    return listing === null || listing === "" ? [] : byteStrings(Buffer.from(listing));
  }

  function userIndexState(): string | null {
    const repository = findRepository(store.root);
    return repository === null ? null : identity(join(repository.gitDir, "index"));
  }

  function sortOut(names: readonly string[]): SortedNames {
    const sorted: SortedNames = { stored: [], removed: [], bytes: 0 };
    for (const name of names) {
      if (name.endsWith("/")) {
        leftOut.add(name, "nested-repository");
        continue;
      }
      const verdict = verdictOf(store, name, limits);
      if (typeof verdict === "number") {
        sorted.stored.push(name);
        sorted.bytes += verdict;
      } else {
        sorted.removed.push(name);
        if (verdict !== "gone") leftOut.add(name, verdict);
      }
    }
    return sorted;
  }

  function checkLimits({ stored, bytes }: SortedNames): void {
    if (stored.length > limits.maxFiles) {
      const text = `Undo is off: ${store.root} has more than ${limits.maxFiles} files that Git does not ignore.`;
      throw new NotCoveredError("too-many-files", text);
    }
    if (bytes > limits.maxStoreBytes) {
      const gigabytes = (limits.maxStoreBytes / 1024 ** 3).toFixed(1);
      const text = `Undo is off: the files in ${store.root} that Git does not ignore take more than ${gigabytes} GB.`;
      throw new NotCoveredError("too-large", text);
    }
  }

  /** Works on a copy of the index and puts it in place when it is complete: no locks, and a crash leaves the old one. */
  async function update(sorted: SortedNames, signal: AbortSignal | undefined): Promise<string> {
    leftOut.save();
    const index = join(store.gitDir, `index.${process.pid}.${randomBytes(4).toString("hex")}`);
    const options = { index, ...(signal === undefined ? {} : { signal }) };
    try {
      copyIndex(store.index, index);
      await updateNames(sorted.removed, ["--force-remove"], options);
      if (sorted.stored.length <= MANY_PATHS) await updateNames(sorted.stored, ["--add", "--replace"], options);
      else await addAll(sorted.stored, options);
      const tree = (await shadowGit(store, ["write-tree"], options)).toString().trim();
      renameSync(index, store.index);
      known = { index: identity(store.index) ?? "", tree };
      return tree;
    } finally {
      rmSync(index, { force: true });
      rmSync(`${index}.lock`, { force: true });
    }
  }

  async function updateNames(names: readonly string[], how: readonly string[], options: IndexOptions): Promise<void> {
    let left = names;
    while (left.length > 0) {
      const args = ["update-index", "-z", ...how, "--remove", "--stdin"];
      const { exitCode, stderr } = await tryShadowGit(store, args, { ...options, input: nulEnded(left) });
      if (exitCode === 0) return;
      // One name that git refuses must not leave the others unprotected.
      const named = /Unable to process path (.*)/.exec(stderr)?.[1];
      const refused = left.find((name) => readable(name) === named);
      if (refused === undefined) throw new NotCoveredError("failed", `Undo is off: git failed: ${stderr.trim()}`);
      leftOut.add(refused, "unreadable");
      left = left.filter((name) => name !== refused);
    }
  }

  /** With this threshold git streams every file into one pack instead of making a file for each. */
  async function addAll(names: readonly string[], options: IndexOptions): Promise<void> {
    const args = ["add", "--all", "--ignore-errors", "--", "."];
    await tryShadowGit(store, args, { ...options, config: ["core.bigFileThreshold=1"] });
    // What patterns leave out but the user's git tracks, and what was refused, is named here.
    const missing = new Set(names);
    for (const name of byteStrings(await shadowGit(store, ["ls-files", "-z", "--cached"], options)))
      missing.delete(name);
    await updateNames([...missing], ["--add", "--replace"], options);
  }

  async function sharedTree(signal: AbortSignal | undefined): Promise<string> {
    const index = identity(store.index) ?? "";
    if (known?.index === index) return known.tree;
    const options = signal === undefined ? {} : { signal };
    const tree = (await shadowGit(store, ["write-tree"], options)).toString().trim();
    known = { index: identity(store.index) ?? "", tree };
    return tree;
  }

  return {
    take(signal) {
      for (const work of idle) work.abort();
      const next = queue.then(() => takeNow(signal));
      queue = next.catch(() => undefined); // who asked for it is told; the next one runs all the same
      // Also while it waits for another one.
      return signal === undefined ? next : raceAbort(next, signal);
    },
    whenIdle(work) {
      const controller = new AbortController();
      idle.add(controller);
      const next = queue.then(() => work(controller.signal)).finally(() => idle.delete(controller));
      queue = next.catch(() => undefined);
      return next;
    },
  };
}

interface SortedNames {
  stored: string[];
  /** Gone, or not to be stored. */
  removed: string[];
  bytes: number;
}

interface IndexOptions {
  index: string;
  signal?: AbortSignal;
}

/** A file's size when it can be stored, else why not. */
function verdictOf(store: Store, name: string, limits: CheckpointLimits): number | "gone" | "too-large" | "unreadable" {
  const path = Buffer.concat([Buffer.from(store.root + sep), Buffer.from(name, "latin1")]);
  try {
    const stat = lstatSync(path);
    if (stat.isSymbolicLink()) return stat.size;
    if (!stat.isFile()) return "gone";
    if (stat.size > limits.maxFileBytes) return "too-large";
    accessSync(path, constants.R_OK);
    return stat.size;
  } catch (error) {
    return codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR" ? "gone" : "unreadable";
  }
}

/** Tells one state of an index from another; null without one. */
function identity(path: string): string | null {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.ino}:${stat.mtimeNs}:${stat.size}`;
}

/** Keeps the time: git looks closer at files that changed when the index was written, and a later time would hide them. */
function copyIndex(from: string, to: string): void {
  const stat = statSync(from, { throwIfNoEntry: false });
  if (stat === undefined) return;
  copyFileSync(from, to);
  const seconds = Math.floor(stat.mtimeMs) / 1000;
  utimesSync(to, seconds, seconds);
}
