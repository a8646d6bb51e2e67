// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What a patch does to one file. */
export type FileChange = {
  type: "add",
  content: string,
} | {
  type: "delete",
  content: string,
} | {
  type: "update",
  unified_diff: string,
  move_path?: string | null,
};
