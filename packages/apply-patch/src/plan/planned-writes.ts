/** The complete change of a patch as file operations to come: what `commitPlan` does, and what approvals look at. */

import type { DiskEntry, RegularFile } from "../disk/file-reader.js";

/** One file to create, replace or remove. */
export type PlannedWrite =
  | {
      readonly kind: "create";
      /** Real absolute path: no symbolic link in its folders. */
      readonly path: string;
      /** As the patch names it, for errors. */
      readonly label: string;
      readonly content: Uint8Array;
      /** Permission bits, or null for those that a new file gets. */
      readonly mode: number | null;
    }
  | {
      readonly kind: "replace";
      readonly path: string;
      readonly label: string;
      readonly content: Uint8Array;
      readonly mode: number;
      /** What the plan saw: the commit refuses when it is no longer so. */
      readonly before: RegularFile;
    }
  | {
      readonly kind: "remove";
      readonly path: string;
      readonly label: string;
      readonly before: Extract<DiskEntry, { kind: "file" | "symlink" }>;
      /** Whether the patch deletes the file or moves it away, for errors. */
      readonly because: "delete" | "move";
    };

/** What a patch does to the disk, nothing of it done yet. */
export interface PlannedWrites {
  /** The folder that the patch's relative paths start from. */
  readonly cwd: string;
  /** Folders to create, outermost first, by real path. */
  readonly folders: readonly { readonly path: string; readonly label: string }[];
  readonly writes: readonly PlannedWrite[];
  /** What the program prints on success, with the LF at its end. */
  readonly summary: string;
}
