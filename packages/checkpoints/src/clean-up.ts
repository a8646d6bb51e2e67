/** Keeps stores within their quotas: old steps go, and what only they needed is freed. */

import { readdirSync, rmSync, statSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "./errors.js";
import type { CheckpointLimits } from "./limits.js";
import { shadowGit } from "./shadow-git.js";
import { readSteps, removeStep, type Store, storesFolder } from "./store.js";

/** Objects of their own above which they are put into one pack. */
const MANY_LOOSE_OBJECTS = 2_000;
const MANY_PACKS = 20;
/** A snapshot in progress has an index of its own; an older one was left by a process that died. */
const ABANDONED_MS = 3600_000;

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

/** Removes stores that nobody used for longer than steps are kept. Gives how many went. @param now unix milliseconds */
export function removeUnusedStores(codexHome: string, used: Store, limits: CheckpointLimits, now: number): number {
  const folder = storesFolder(codexHome);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return 0;
    throw error;
  }
  const unused = names.filter((name) => {
    const stat = statSync(join(folder, name), { throwIfNoEntry: false });
    if (join(folder, name) === used.folder) return false;
    return stat !== undefined && now - stat.mtimeMs > limits.maxAgeMs;
  });
  for (const name of unused) rmSync(join(folder, name), { recursive: true, force: true });
  return unused.length;
}

/** Puts what steps and the index point to into one pack and drops the rest; gives the bytes kept. */
async function repack(store: Store, signal: AbortSignal): Promise<number> {
  const folder = join(store.gitDir, "objects", "pack");
  const old = packTimes(folder);
  // Not `git repack`: the process that it starts for this outlives it when it is stopped.
  const what = ["--all", "--indexed-objects", "--non-empty"];
  const args = ["pack-objects", ...what, "--window=0", "-q", join(folder, "pack")];
  const made = `pack-${(await shadowGit(store, args, { signal })).toString().trim()}`;
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
    if (!entry.isFile()) continue;
    const size = await sizeOf(join(entry.parentPath, entry.name));
    content.bytes += size;
    // What a process that was stopped left of a pack goes by itself, later.
    if (entry.parentPath.endsWith("pack")) content.packed += entry.name.startsWith("pack-") ? size : 0;
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
