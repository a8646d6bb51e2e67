// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What a patch does to one file. */
export type PatchChangeKind = {
  type: "add",
} | {
  type: "delete",
} | {
  type: "update",
  /** The new path when the file is moved, else null; snake case on the wire. */
  move_path: string | null,
};
