/** Keeps stores within their quotas: old steps go, and what only they needed is freed. */

import { readdirSync, rmSync, statSync } from "node:fs";
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

/** Removes steps beyond age, number and size of one store. Gives how many went. @param now unix milliseconds */
export async function cleanStore(store: Store, limits: CheckpointLimits, now: number): Promise<number> {
  if (isBusy(store, now)) return 0;
  const steps = readSteps(store);
  let left = steps.filter(
    (step, at) => now - step.startedAt <= limits.maxAgeMs && at >= steps.length - limits.maxSteps,
  );
  for (const step of steps) if (!left.includes(step)) removeStep(store, step.id);
  const { loose, packs, bytes } = measure(store);
  const untidy = left.length < steps.length || loose > MANY_LOOSE_OBJECTS || packs > MANY_PACKS;
  if (!untidy && bytes <= limits.maxStoreBytes) return 0;
  let kept = await repack(store);
  while (kept > limits.maxStoreBytes && left.length > 0) {
    const oldest = left.slice(0, Math.ceil(left.length / 2));
    for (const step of oldest) removeStep(store, step.id);
    left = left.slice(oldest.length);
    kept = await repack(store);
  }
  return steps.length - left.length;
}

/** Another process has stored objects that nothing points to yet. */
function isBusy(store: Store, now: number): boolean {
  return readdirSync(store.gitDir).some((name) => {
    if (!name.startsWith("index.")) return false;
    const stat = statSync(join(store.gitDir, name), { throwIfNoEntry: false });
    const fresh = stat !== undefined && now - stat.mtimeMs < ABANDONED_MS;
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
async function repack(store: Store): Promise<number> {
  await shadowGit(store, ["repack", "-a", "-d", "-q", "--window=0"]);
  await shadowGit(store, ["prune", "--expire=1.hour.ago"]);
  return measure(store).packed;
}

function measure(store: Store): { bytes: number; packed: number; loose: number; packs: number } {
  const objects = join(store.gitDir, "objects");
  const content = { bytes: 0, packed: 0, loose: 0, packs: 0 };
  for (const entry of readdirSync(objects, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    content.bytes += size;
    if (entry.parentPath.endsWith("pack")) content.packed += size;
    else content.loose++;
    if (entry.name.endsWith(".pack")) content.packs++;
  }
  return content;
}
