// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A commit object that holds a work tree; no ref points to it. */
export type GhostCommit = {
  id: string,
  parent?: string | null,
  preexisting_untracked_files: Array<string>,
  preexisting_untracked_dirs: Array<string>,
};
