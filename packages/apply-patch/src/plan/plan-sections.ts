/** Walks a patch's sections over the tree in memory and turns them into file operations to come. */

import { isAbsolute, sep } from "node:path";
import { osReason, Refusal } from "../os-reason.js";
import type { Patch, PatchSection } from "../parse/patch.js";
import type { RegularFile } from "../disk/file-reader.js";
import { decodeFile, encodeLike, type FileText } from "./file-text.js";
import { LineTable } from "./line-table.js";
import { FolderRefusal, type PatchedTree, type Place, type PlannedFile, type TreeChange } from "./patched-tree.js";
import { PatchPlanError } from "./plan-error.js";
import type { PlannedWrite, PlannedWrites } from "./planned-writes.js";
import { type UpdatedText, updateText } from "./update-text.js";

/** Is told what each section does, with texts: for events. The program has none and so reads less. */
export interface SectionObserver {
  added(location: string, path: string, after: string): void;
  deleted(location: string, path: string, before: string): void;
  updated(location: string, path: string, before: string, after: string): void;
  moved(from: string, to: string, path: string): void;
  placed(path: string, table: LineTable, updated: UpdatedText): void;
}

/** What the planner works with. */
export interface SectionPlanner {
  readonly cwd: string;
  readonly tree: PatchedTree;
  /** Paths in errors are absolute when somebody watches, else as the patch has them. */
  readonly observer: SectionObserver | null;
  readonly signal: AbortSignal | undefined;
}

/**
 * Plans all sections in order, each on what the earlier ones leave.
 * @throws PatchPlanError when a section does not fit; the signal's reason when aborted
 */
export async function planSections(patch: Patch, planner: SectionPlanner): Promise<PlannedWrites> {
  const labels = new Map<string, Label>();
  for (const section of patch.sections) {
    planner.signal?.throwIfAborted();
    await planSection(section, { ...planner, labels });
  }
  const { folders, writes } = operations(await planner.tree.changes(), labels);
  return { cwd: planner.cwd, folders, writes, summary: summaryOf(patch) };
}

/** A path of the patch joined to its folder, not normalised: the form in which events name it. */
export function joinPath(cwd: string, path: string): string {
  if (isAbsolute(path)) return path;
  return cwd.endsWith(sep) ? cwd + path : cwd + sep + path;
}

/** How a location is named in errors of the commit, and why it goes away if it does. */
interface Label {
  readonly text: string;
  readonly because: "delete" | "move";
}

interface Step extends SectionPlanner {
  readonly labels: Map<string, Label>;
}

async function planSection(section: PatchSection, step: Step): Promise<void> {
  switch (section.kind) {
    case "add":
      return planAdd(section, step);
    case "delete":
      return planDelete(section, step);
    case "update":
      return planUpdate(section, step);
  }
}

type SectionOf<K extends PatchSection["kind"]> = Extract<PatchSection, { kind: K }>;

async function planAdd(section: SectionOf<"add">, step: Step): Promise<void> {
  const place = await destination(section.path, step);
  const mode = place.entry.kind === "file" || place.entry.kind === "planned" ? place.entry.mode : null;
  put(step, place, section.path, { kind: "planned", content: Buffer.from(section.content, "utf8"), mode });
  step.observer?.added(place.location, joinPath(step.cwd, section.path), section.content);
}

async function planDelete(section: SectionOf<"delete">, step: Step): Promise<void> {
  const label = labelOf(step, section.path);
  const failure = step.observer ? `Failed to read ${label}` : `Failed to delete file ${label}`;
  try {
    const place = await step.tree.find(joinPath(step.cwd, section.path));
    if (place.entry.kind === "missing") throw new Refusal("ENOENT");
    if (place.entry.kind === "directory") throw new Refusal("EISDIR");
    if (place.entry.kind === "special") throw notRegular();
    if (step.observer) {
      const before = await deletedText(place, section.path, step);
      step.observer.deleted(place.location, joinPath(step.cwd, section.path), before);
    }
    remove(step, place.location, section.path, "delete");
  } catch (error) {
    throw failed(failure, label, error);
  }
}

/** What a file about to be deleted holds. A link stands for what it leads to, or for nothing when that is no file. */
async function deletedText(place: Place, path: string, step: Step): Promise<string> {
  const target = place.entry.kind === "symlink" ? await linkTarget(path, step) : place;
  if (target === null || (target.entry.kind !== "file" && target.entry.kind !== "planned")) return "";
  return decodeFile(await step.tree.read(target, target.entry)).text;
}

async function linkTarget(path: string, step: Step): Promise<Place | null> {
  try {
    return await step.tree.follow(joinPath(step.cwd, path));
  } catch (error) {
    if (error instanceof Refusal) return null; // a link that leads nowhere can be deleted all the same
    throw error;
  }
}

async function planUpdate(section: SectionOf<"update">, step: Step): Promise<void> {
  const label = labelOf(step, section.path);
  const { place, file, original } = await source(section.path, label, step);
  const table = new LineTable(original.text);
  const chunks = original.byteOrderMark ? withoutByteOrderMark(section.chunks) : section.chunks;
  const updated = updateText(table, chunks, label);
  const content = encodeLike(original, updated.text);
  if (content === null) {
    const reason = "the file is not UTF-8, and the new text has characters that its encoding has not";
    throw failed(`Failed to write file ${label}`, label, new Refusal(null, reason));
  }
  step.observer?.placed(joinPath(step.cwd, section.path), table, updated);
  step.observer?.updated(place.location, joinPath(step.cwd, section.path), original.text, updated.text);
  const planned: PlannedFile = { kind: "planned", content, mode: file.mode };
  const from = section.movePath === null ? place : await step.tree.find(joinPath(step.cwd, section.path));
  const to = section.movePath === null ? place : await destination(section.movePath, step);
  if (section.movePath === null || isSameFile(from, to)) {
    // Nothing to write when the chunks change nothing: those who watch the file are left in peace.
    if (updated.text !== original.text) put(step, place, section.path, planned);
    return;
  }
  put(step, to, section.movePath, planned);
  remove(step, from.location, section.path, "move");
  step.observer?.moved(place.location, to.location, joinPath(step.cwd, section.movePath));
}

interface Source {
  place: Place;
  file: RegularFile | PlannedFile;
  original: FileText;
}

/** The file to update, read. */
async function source(path: string, label: string, step: Step): Promise<Source> {
  try {
    const place = await step.tree.follow(joinPath(step.cwd, path));
    const { entry } = place;
    switch (entry.kind) {
      case "file":
      case "planned":
        return { place, file: entry, original: decodeFile(await step.tree.read(place, entry)) };
      case "missing":
        throw new Refusal("ENOENT");
      case "directory":
        throw new Refusal("EISDIR");
      case "symlink":
        throw new Refusal("ELOOP");
      case "special":
        throw notRegular();
    }
  } catch (error) {
    throw failed(`Failed to read file to update ${label}`, label, error);
  }
}

/** Where a file can be written: a free name or a regular file, through links. */
async function destination(path: string, step: Step): Promise<Place> {
  const label = labelOf(step, path);
  try {
    const place = await step.tree.follow(joinPath(step.cwd, path));
    if (place.entry.kind === "directory") throw new Refusal("EISDIR");
    if (place.entry.kind === "special") throw notRegular();
    return place;
  } catch (error) {
    const what = error instanceof FolderRefusal ? "create parent directories for" : "write file";
    throw failed(`Failed to ${what} ${label}`, label, error);
  }
}

/**
 * A move onto the file itself is an update. The same inode with one name is the same file too: another spelling of the
 * name on a disk that ignores case.
 */
function isSameFile(from: Place, to: Place): boolean {
  if (from.location === to.location) return true;
  if (from.entry.kind !== "file" || to.entry.kind !== "file") return false;
  return from.entry.identity === to.entry.identity && from.entry.links === 1;
}

/** A model that copies the first line of a file may copy its byte order mark. */
function withoutByteOrderMark(chunks: SectionOf<"update">["chunks"]): SectionOf<"update">["chunks"] {
  return chunks.map((chunk) => ({
    ...chunk,
    lines: chunk.lines.map((line) => (line.text.startsWith("\uFEFF") ? { ...line, text: line.text.slice(1) } : line)),
  }));
}

function put(step: Step, place: Place, path: string, file: PlannedFile): void {
  step.tree.put(place, file);
  for (const location of [...place.missingFolders, place.location]) {
    step.labels.set(location, { text: labelOf(step, path), because: "delete" });
  }
}

function remove(step: Step, location: string, path: string, because: "delete" | "move"): void {
  step.tree.remove(location);
  step.labels.set(location, { text: labelOf(step, path), because });
}

function labelOf(step: Step, path: string): string {
  return step.observer ? joinPath(step.cwd, path) : path;
}

function notRegular(): Refusal {
  return new Refusal(null, "not a regular file");
}

function failed(what: string, label: string, error: unknown): PatchPlanError {
  return new PatchPlanError(`${what}: ${osReason(error)}`, label, error);
}

/** The operations that lead from the tree on disk to the tree in memory. */
function operations(
  changes: readonly TreeChange[],
  labels: ReadonlyMap<string, Label>,
): Pick<PlannedWrites, "folders" | "writes"> {
  const folders: { path: string; label: string }[] = [];
  const writes: PlannedWrite[] = [];
  for (const change of changes) {
    const { text: label, because } = labels.get(change.location) ?? { text: change.location, because: "delete" };
    const path = change.location;
    const { before, after } = change;
    if (before.kind === "file" || before.kind === "symlink") {
      if (before.kind === "file" && after.kind === "planned") {
        writes.push({ kind: "replace", path, label, content: after.content, mode: after.mode ?? before.mode, before });
        continue;
      }
      writes.push({ kind: "remove", path, label, before, because });
    }
    if (after.kind === "planned")
      writes.push({ kind: "create", path, label, content: after.content, mode: after.mode });
    if (after.kind === "directory") folders.push({ path, label });
  }
  return { folders, writes };
}

function summaryOf(patch: Patch): string {
  const lines = { add: [] as string[], update: [] as string[], delete: [] as string[] };
  for (const section of patch.sections) {
    const path = section.kind === "update" ? (section.movePath ?? section.path) : section.path;
    lines[section.kind].push(`${LETTERS[section.kind]} ${path}\n`);
  }
  return `Success. Updated the following files:\n${[...lines.add, ...lines.update, ...lines.delete].join("")}`;
}

const LETTERS = { add: "A", update: "M", delete: "D" } as const;
