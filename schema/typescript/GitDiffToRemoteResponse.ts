// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { GitSha } from "./GitSha";

/** The difference, with untracked files. */
export type GitDiffToRemoteResponse = {
  sha: GitSha,
  diff: string,
};
