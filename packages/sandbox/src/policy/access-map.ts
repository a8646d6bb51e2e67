/** One answer to "may this path be written": of all roots and read-only paths around it, the deepest decides. */

import { lstatSync, readlinkSync } from "node:fs";
import path from "node:path";
import type { AbsolutePath } from "@codex-ts/protocol";
import { isInside, realPath, type WritableRoot } from "./writable-roots.js";

/** A place from which on downwards writing is allowed or not. */
export interface AccessEntry {
  path: AbsolutePath;
  access: "write" | "read";
}

/**
 * The roots as a list in which parents come before children; outside all entries nothing may be written.
 * A path that is both a root and read-only is read-only. Pure.
 */
export function accessMap(roots: readonly WritableRoot[]): AccessEntry[] {
  const readOnly = new Set(roots.flatMap((root) => root.readOnly));
  const writable = new Set(roots.map((root) => root.root).filter((root) => !readOnly.has(root)));
  const entries: AccessEntry[] = [
    ...[...writable].map((entry) => ({ path: entry, access: "write" as const })),
    ...[...readOnly].map((entry) => ({ path: entry, access: "read" as const })),
  ];
  return entries.sort((a, b) => depth(a.path) - depth(b.path) || (a.path < b.path ? -1 : 1));
}

/** The entry that decides about a real path, or undefined when it lies outside all of them. Pure. */
export function decidingEntry(target: AbsolutePath, entries: readonly AccessEntry[]): AccessEntry | undefined {
  return entries.findLast((entry) => isInside(target, entry.path));
}

/**
 * Whether a command could write `target` (absolute; it need not exist). Links are followed, and names that differ from
 * a protected one only in case count as protected, because on many disks they are the same file.
 */
export function isWritable(target: AbsolutePath, roots: readonly WritableRoot[]): boolean {
  const entries = accessMap(roots);
  const real = realTarget(target);
  if (decidingEntry(real, entries)?.access !== "write") {
    return false;
  }
  return !entries.some((entry) => entry.access === "read" && isInsideIgnoringCase(real, entry.path));
}

/** The folders strictly between two, the outer ones first. Pure. */
export function foldersBetween(outer: AbsolutePath, inner: AbsolutePath): AbsolutePath[] {
  const parent = path.dirname(inner);
  return parent === outer || !isInside(parent, outer) ? [] : [...foldersBetween(outer, parent), parent];
}

function depth(candidate: AbsolutePath): number {
  return candidate === path.sep ? 0 : candidate.split(path.sep).length;
}

/** A chain of links longer than this is a loop. */
const LINK_LIMIT = 40;

/** Where a write to `target` would land: links followed as far as names exist, the missing rest appended. */
function realTarget(target: AbsolutePath, links = 0): AbsolutePath {
  const resolved = path.resolve(target);
  const real = realPath(resolved);
  const parent = path.dirname(resolved);
  if (real !== undefined || parent === resolved || links > LINK_LIMIT) {
    return real ?? resolved;
  }
  const facts = lstatSync(resolved, { throwIfNoEntry: false });
  if (facts?.isSymbolicLink() === true) {
    return realTarget(path.resolve(parent, readlinkSync(resolved)), links + 1);
  }
  return path.join(realTarget(parent, links), path.basename(resolved));
}

/** Only the last name of a read-only path is compared without case: the root above it was resolved already. */
function isInsideIgnoringCase(target: AbsolutePath, folder: AbsolutePath): boolean {
  const parent = path.dirname(folder);
  if (!isInside(target, parent) || target === parent) {
    return false;
  }
  const name = path.relative(parent, target).split(path.sep)[0] ?? "";
  return name !== path.basename(folder) && name.toLowerCase() === path.basename(folder).toLowerCase();
}
