/** Plans a patch for a tool call: what it would do, told in full, with nothing written. */

import { isAbsolute, resolve } from "node:path";
import type { FileChanges } from "@codex-ts/protocol";
import { parsePatch } from "../parse/parse-patch.js";
import type { Patch } from "../parse/patch.js";
import { ambiguities } from "./ambiguities.js";
import { ChangeLog } from "./file-changes.js";
import type { PatchFileReader } from "../disk/file-reader.js";
import { PatchedTree } from "./patched-tree.js";
import { joinPath, planSections, type SectionObserver } from "./plan-sections.js";
import type { PlannedWrites } from "./planned-writes.js";

/** What a plan is made with. */
export interface PlanOptions {
  /** Absolute; relative paths of the patch start here. */
  readonly cwd: string;
  readonly files: PatchFileReader;
  readonly signal?: AbortSignal;
}

/** A path that a patch names, for approvals: absolute, `.` and `..` taken out by their text, links not resolved. */
export interface TouchedPath {
  readonly path: string;
  readonly movePath: string | null;
}

/** The complete change of a patch. */
export interface PatchPlan extends PlannedWrites {
  /** The parsed patch's text: what another process is given to apply. */
  readonly patch: string;
  /** Changes for events, by path joined to `cwd` but not normalised; empty when the sections cancel out. */
  readonly changes: FileChanges;
  /** One for each section; empty for a patch without sections. */
  readonly touched: readonly TouchedPath[];
  /** What a careful reader would want to know: a block that stands in the file more than once. */
  readonly notes: readonly string[];
}

/**
 * Computes the complete change of a patch. Every section sees what the earlier ones leave. For decisions look at
 * `touched` (paths as named) and at `writes` (real paths, after links).
 * @throws PatchParseError when `patch` is a text and no patch
 * @throws PatchPlanError when a section does not fit the files
 */
export async function planPatch(patch: Patch | string, options: PlanOptions): Promise<PatchPlan> {
  if (!isAbsolute(options.cwd)) throw new RangeError(`the folder of a patch must be an absolute path: ${options.cwd}`);
  const parsed = typeof patch === "string" ? parsePatch(patch) : patch;
  const log = new ChangeLog();
  const notes: string[] = [];
  const writes = await planSections(parsed, {
    cwd: options.cwd,
    tree: new PatchedTree(options.files, options.cwd),
    observer: observerOf(log, notes),
    signal: options.signal,
  });
  return {
    ...writes,
    patch: parsed.text,
    changes: await log.toFileChanges(),
    touched: touchedPaths(parsed, options.cwd),
    notes,
  };
}

function observerOf(log: ChangeLog, notes: string[]): SectionObserver {
  return {
    added: log.added.bind(log),
    deleted: log.deleted.bind(log),
    updated: log.updated.bind(log),
    moved: log.moved.bind(log),
    placed: (path, table, updated) => notes.push(...ambiguities(path, table, updated.placements)),
  };
}

function touchedPaths(patch: Patch, cwd: string): TouchedPath[] {
  const normalised = (path: string) => resolve(joinPath(cwd, path));
  return patch.sections.map((section) => ({
    path: normalised(section.path),
    movePath: section.kind === "update" && section.movePath !== null ? normalised(section.movePath) : null,
  }));
}
