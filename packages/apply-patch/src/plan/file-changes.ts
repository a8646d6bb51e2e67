/** What a patch does to each file, gathered while it is planned and told as the protocol's `FileChanges`. */

import type { FileChange, FileChanges } from "@codex-ts/protocol";
import { unifiedDiff } from "../diff/unified-diff.js";

/** Context lines in the diffs of events. */
const CONTEXT = 1;

/** The change of one file over all sections that touch it. */
interface ChangeRecord {
  /** The path under which it is told: of the first section that touched it. */
  readonly key: string;
  kind: "add" | "delete" | "update";
  /** Text before the patch; "" for an added file. */
  readonly before: string;
  after: string;
  movePath: string | null;
}

/** Folds sections into one change per file: an update of an added file is an added file with the updated text. */
export class ChangeLog {
  readonly #records = new Set<ChangeRecord>();
  readonly #byLocation = new Map<string, ChangeRecord>();

  added(location: string, key: string, after: string): void {
    const earlier = this.#byLocation.get(location);
    if (earlier) this.#records.delete(earlier);
    this.#record(location, { key: earlier?.key ?? key, kind: "add", before: "", after, movePath: null });
  }

  deleted(location: string, key: string, before: string): void {
    const earlier = this.#byLocation.get(location);
    this.#byLocation.delete(location);
    if (earlier) this.#records.delete(earlier);
    if (earlier?.kind === "add") return;
    this.#record(location, {
      key: earlier?.key ?? key,
      kind: "delete",
      before: earlier?.before ?? before,
      after: "",
      movePath: null,
    });
  }

  updated(location: string, key: string, before: string, after: string): void {
    const earlier = this.#byLocation.get(location);
    if (earlier) earlier.after = after;
    else this.#record(location, { key, kind: "update", before, after, movePath: null });
  }

  moved(from: string, to: string, movePath: string): void {
    const record = this.#byLocation.get(from);
    if (!record) return;
    this.#byLocation.delete(from);
    if (record.kind === "add") {
      this.#records.delete(record);
      this.added(to, movePath, record.after);
      return;
    }
    const overwritten = this.#byLocation.get(to);
    if (overwritten) this.#records.delete(overwritten);
    this.#byLocation.set(to, record);
    record.movePath = movePath;
  }

  /** The changes by path; diffs are computed here. */
  async toFileChanges(): Promise<FileChanges> {
    const changes: FileChanges = {};
    for (const record of this.#records) changes[record.key] = await fileChange(record);
    return changes;
  }

  #record(location: string, record: ChangeRecord): void {
    this.#records.add(record);
    this.#byLocation.set(location, record);
  }
}

async function fileChange(record: ChangeRecord): Promise<FileChange> {
  switch (record.kind) {
    case "add":
      return { type: "add", content: record.after };
    case "delete":
      return { type: "delete", content: record.before };
    case "update": {
      const diff = await unifiedDiff(record.before, record.after, { context: CONTEXT });
      return { type: "update", unified_diff: diff, move_path: record.movePath };
    }
  }
}
