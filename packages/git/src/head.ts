/** What HEAD stands for: a commit and perhaps a branch, read from HEAD, loose refs and packed-refs. */

import { join } from "node:path";
import type { Repository } from "./repository.js";
import { readTextIfPresent } from "./small-files.js";

/** Where a work tree stands. */
export type Head =
  /** `sha` is null as long as the branch has no commit. */
  | { kind: "branch"; branch: string; sha: string | null }
  | { kind: "detached"; sha: string }
  /** A ref storage that only git itself reads (reftable), or a damaged HEAD. */
  | { kind: "unknown" };

const OBJECT_ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
/** Git follows at most five symbolic refs. */
const MAX_REF_DEPTH = 5;

/** Reads where HEAD points. */
export function readHead(repository: Repository): Head {
  const text = readTextIfPresent(join(repository.gitDir, "HEAD"))?.trim();
  if (text === undefined) return { kind: "unknown" };
  if (OBJECT_ID.test(text)) return { kind: "detached", sha: text };
  const ref = symbolicTarget(text);
  if (ref === null || ref === "refs/heads/.invalid") return { kind: "unknown" };
  const branch = ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : ref;
  return { kind: "branch", branch, sha: readRef(repository, ref) };
}

/** The commit id (or tag object id) of a full ref name such as `refs/heads/main`; null when there is none. */
export function readRef(repository: Repository, ref: string): string | null {
  return resolveRef(repository, ref, MAX_REF_DEPTH);
}

/** The full name a symbolic ref points to, such as `refs/remotes/origin/HEAD`; null when it is none. */
export function readSymbolicRef(repository: Repository, ref: string): string | null {
  if (!isSafeRefName(ref)) return null;
  const text = readTextIfPresent(join(repository.commonDir, ref));
  return text === null ? null : symbolicTarget(text.trim());
}

function resolveRef(repository: Repository, ref: string, depth: number): string | null {
  if (depth === 0 || !isSafeRefName(ref)) return null;
  const text = (
    readTextIfPresent(join(repository.gitDir, ref)) ?? readTextIfPresent(join(repository.commonDir, ref))
  )?.trim();
  if (text !== undefined) {
    if (OBJECT_ID.test(text)) return text;
    const target = symbolicTarget(text);
    if (target !== null) return resolveRef(repository, target, depth - 1);
  }
  return packedRef(repository, ref);
}

function symbolicTarget(text: string): string | null {
  return text.startsWith("ref: ") ? text.slice("ref: ".length).trim() : null;
}

/** A hostile HEAD must not make us read files outside of the repository. */
function isSafeRefName(ref: string): boolean {
  return ref.startsWith("refs/") && !ref.split("/").includes("..") && !ref.includes("\0");
}

function packedRef(repository: Repository, ref: string): string | null {
  const text = readTextIfPresent(join(repository.commonDir, "packed-refs"));
  if (text === null) return null;
  const at = text.startsWith(`${ref}\n`) ? -1 : text.indexOf(` ${ref}\n`);
  const tail = at < 0 && text.endsWith(` ${ref}`) ? text.length - ref.length - 1 : at;
  if (tail < 0) return null;
  const sha = text.slice(text.lastIndexOf("\n", tail - 1) + 1, tail);
  return OBJECT_ID.test(sha) ? sha : null;
}
