/** What differs between two trees of a store. */

import { byteStrings, shadowGit } from "./shadow-git.js";
import type { Store } from "./store.js";

/** A file as a tree holds it; null: it holds none. */
export type TreeEntry = { mode: string; blob: string } | null;

/** A path's two states. Names are one character per byte. */
export interface TreeChange {
  from: TreeEntry;
  to: TreeEntry;
}

/** By name, in the order of the trees. */
export async function diffTrees(store: Store, from: string, to: string): Promise<Map<string, TreeChange>> {
  if (from === to) return new Map();
  const fields = byteStrings(
    await shadowGit(store, ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", from, to]),
  );
  const changes = new Map<string, TreeChange>();
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [fromMode = "", toMode = "", fromBlob = "", toBlob = ""] = (fields[at] ?? "").slice(1).split(" ");
    changes.set(fields[at + 1] ?? "", { from: entry(fromMode, fromBlob), to: entry(toMode, toBlob) });
  }
  return changes;
}

function entry(mode: string, blob: string): TreeEntry {
  return mode === "000000" ? null : { mode, blob };
}

/** Whether two states are the same. */
export function sameEntry(a: TreeEntry, b: TreeEntry): boolean {
  return a?.mode === b?.mode && a?.blob === b?.blob;
}
