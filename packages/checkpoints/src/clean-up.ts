/** Keeps stores within their quotas: old steps go, and what only they needed is freed. */

import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "./errors.js";
import type { CheckpointLimits } from "./limits.js";
import { shadowGit } from "./shadow-git.js";
import { readSteps, removeStep, type Store, storesFolder } from "./store.js";

/** Objects of their own above which they are put into one pack. */
const MANY_LOOSE_OBJECTS = 2_000;
const MANY_PACKS = 20;
/** A snapshot in progress has an index of its own, git writes under names of its own: older ones are of processes that died. */
const ABANDONED_MS = 3600_000;
/** Begins the name of a folder in which objects are packed. */
const PACKING = "packing.";
/** Begins the names of what git has not finished. */
const UNFINISHED = "tmp_";
/** Ends the name of a store that is being removed. */
const REMOVED = ".removed";

/**
 * Removes steps beyond age, number and size of one store. Gives how many went; null: another process is at work.
 * @param now unix milliseconds
 * @param signal stops it, between two things that are whole
 */
export async function cleanStore(
  store: Store,
  limits: CheckpointLimits,
  now: number,
  signal: AbortSignal,
): Promise<number | null> {
  if (isBusy(store)) return null;
  await removeUnfinished(store);
  const steps = readSteps(store);
  let left = steps.filter(
    (step, at) => now - step.startedAt <= limits.maxAgeMs && at >= steps.length - limits.maxSteps,
  );
  for (const step of steps) if (!left.includes(step)) removeStep(store, step.id);
  const { loose, packs, bytes } = await measure(store, signal);
  const untidy = left.length < steps.length || loose > MANY_LOOSE_OBJECTS || packs > MANY_PACKS;
  if (!untidy && bytes <= limits.maxStoreBytes) return 0;
  let kept = await repack(store, signal);
  while (kept > limits.maxStoreBytes && left.length > 0) {
    const oldest = left.slice(0, Math.ceil(left.length / 2));
    for (const step of oldest) removeStep(store, step.id);
    left = left.slice(oldest.length);
    kept = await repack(store, signal);
  }
  return steps.length - left.length;
}

/** Another process has stored objects that nothing points to yet. */
function isBusy(store: Store): boolean {
  return readdirSync(store.gitDir).some((name) => {
    if (!name.startsWith("index.")) return false;
    const found = statSync(join(store.gitDir, name), { throwIfNoEntry: false });
    // Not the time of its content: that is the shared index's, whose copy it begins as.
    const fresh = found !== undefined && Date.now() - found.ctimeMs < ABANDONED_MS;
    if (!fresh) rmSync(join(store.gitDir, name), { force: true });
    return fresh;
  });
}

/** Removes what processes left that were stopped or died; git itself does so only with what comes after packing. */
async function removeUnfinished({ gitDir }: Store): Promise<void> {
  const packs = join(gitDir, "objects", "pack");
  const left = [
    ...readdirSync(gitDir)
      .filter((name) => name.startsWith(PACKING))
      .map((name) => join(gitDir, name)),
    ...readdirSync(packs)
      .filter((name) => name.startsWith(UNFINISHED))
      .map((name) => join(packs, name)),
  ];
  for (const path of left) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MS)
      await rm(path, { recursive: true, force: true });
  }
}

/**
 * Removes stores that nobody used for longer than steps are kept.
 * @param now unix milliseconds
 * @param signal stops it, between two stores
 */
export async function removeUnusedStores(
  codexHome: string,
  used: Store,
  limits: CheckpointLimits,
  now: number,
  signal: AbortSignal,
): Promise<void> {
  const folder = storesFolder(codexHome);
  for (const name of await readdir(folder)) {
    signal.throwIfAborted();
    const path = join(folder, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined || path === used.folder) continue;
    if (name.endsWith(REMOVED)) await rm(path, { recursive: true, force: true });
    else if (now - found.mtimeMs > limits.maxAgeMs) await removeStore(path);
  }
}

/** A process that ends meanwhile leaves nothing that looks like a store. */
async function removeStore(path: string): Promise<void> {
  const removed = `${path}.${randomBytes(4).toString("hex")}${REMOVED}`;
  try {
    renameSync(path, removed);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return; // another process does it
    throw error;
  }
  await rm(removed, { recursive: true, force: true });
}

/** Puts what steps and the index point to into one pack and drops the rest; gives the bytes kept. */
async function repack(store: Store, signal: AbortSignal): Promise<number> {
  const folder = join(store.gitDir, "objects", "pack");
  const old = packTimes(folder);
  const made = await pack(store, join(folder, "pack"), signal);
  const now = packTimes(folder);
  for (const [name, time] of old) {
    // Another process that stores what a pack has already only marks the pack as used, which shows in its time.
    if (name === made || now.get(name) !== time) continue;
    for (const file of readdirSync(folder))
      if (file.startsWith(`${name}.`)) rmSync(join(folder, file), { force: true });
  }
  await shadowGit(store, ["prune", "--expire=1.hour.ago"], { signal });
  return (await measure(store, signal)).packed;
}

/** Gives the new pack's name. It is made in a folder of its own, so that what is unfinished when it is stopped can go. */
async function pack(store: Store, base: string, signal: AbortSignal): Promise<string> {
  const objects = join(store.gitDir, `${PACKING}${process.pid}.${randomBytes(4).toString("hex")}`);
  try {
    mkdirSync(join(objects, "info"), { recursive: true, mode: 0o700 });
    writeFileSync(join(objects, "info", "alternates"), "../objects\n");
    // Not `git repack`: the process that it starts for this outlives it when it is stopped.
    const what = ["--all", "--indexed-objects", "--non-empty"];
    const args = ["pack-objects", ...what, "--window=0", "-q", base];
    return `pack-${(await shadowGit(store, args, { objects, signal })).toString().trim()}`;
  } finally {
    await rm(objects, { recursive: true, force: true });
  }
}

/** When each pack was written, or last found to have what was to be stored. */
function packTimes(folder: string): Map<string, number> {
  const packs = readdirSync(folder).filter((file) => file.endsWith(".pack"));
  return new Map(
    packs.map((file) => [
      file.slice(0, -".pack".length),
      statSync(join(folder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    ]),
  );
}

async function measure(
  store: Store,
  signal: AbortSignal,
): Promise<{ bytes: number; packed: number; loose: number; packs: number }> {
  const objects = join(store.gitDir, "objects");
  const content = { bytes: 0, packed: 0, loose: 0, packs: 0 };
  for (const entry of await readdir(objects, { recursive: true, withFileTypes: true })) {
    signal.throwIfAborted();
    // What is unfinished is somebody's work, or goes by itself, later.
    if (!entry.isFile() || entry.name.startsWith(UNFINISHED)) continue;
    const size = await sizeOf(join(entry.parentPath, entry.name));
    content.bytes += size;
    if (entry.parentPath.endsWith("pack")) content.packed += size;
    else content.loose++;
    if (entry.name.endsWith(".pack")) content.packs++;
  }
  return content;
}

/** A file that is gone meanwhile takes no room. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return 0;
    throw error;
  }
}
