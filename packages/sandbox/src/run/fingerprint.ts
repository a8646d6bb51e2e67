/** Notices changes under paths that could not be protected: sizes and times two levels deep, where hooks and settings live. */

import { type BigIntStats, type Dirent, lstatSync, readdirSync } from "node:fs";
import path from "node:path";
import type { AbsolutePath } from "@codex-ts/protocol";

/** What each watched path looked like. */
export type Fingerprint = ReadonlyMap<AbsolutePath, string>;

/** `.git/hooks/pre-commit` and `.codex/rules/default.rules` are two levels down. */
const DEPTH = 2;
/** Git's own stores: large, and nothing in them is ever run. */
const SKIPPED = new Set(["objects", "lfs"]);

/** Reads the file system; nothing watched costs nothing. */
export function fingerprint(paths: readonly AbsolutePath[]): Fingerprint {
  return new Map(paths.map((target) => [target, describe(target, DEPTH)]));
}

/** The watched paths that look different now. */
export function changedSince(before: Fingerprint): AbsolutePath[] {
  return [...before].filter(([target, then]) => describe(target, DEPTH) !== then).map(([target]) => target);
}

function describe(target: AbsolutePath, depth: number): string {
  const facts = factsOf(target);
  if (typeof facts === "string") {
    return facts;
  }
  const self = `${facts.ino} ${facts.mode} ${facts.uid}`;
  if (!facts.isDirectory()) {
    return `${self} ${facts.size} ${facts.mtimeNs} ${facts.ctimeNs}`;
  }
  const inside = depth === 0 ? [] : listed(target).filter((entry) => !SKIPPED.has(entry.name));
  return `${self} (${inside.map((entry) => `${entry.name}: ${describe(path.join(target, entry.name), depth - 1)}`).join("\n")})`;
}

/** What cannot be looked at has not changed if it could not be looked at before either. */
function factsOf(target: AbsolutePath): BigIntStats | "missing" | "out of reach" {
  try {
    return lstatSync(target, { throwIfNoEntry: false, bigint: true }) ?? "missing";
  } catch {
    return "out of reach";
  }
}

function listed(folder: AbsolutePath): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // Unreadable before and after: its own mode and owner still count.
    return [];
  }
}
