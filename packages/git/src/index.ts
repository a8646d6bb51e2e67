/** Facts about a Git repository, diffs, and applying patches through git, without ever surprising the user's index. */

export { applyDiff, type ApplyDiffOptions, type ApplyDiffResult } from "./apply.js";
export { type ApplyOutcome, parseApplyOutput, pathsInDiff } from "./apply-output.js";
export { withoutLocalDrivers } from "./drivers.js";
export { type DiffToRemote, diffToRemote } from "./diff-to-remote.js";
export {
  GitDriverError,
  GitFailedError,
  GitMissingError,
  GitOutputError,
  GitTimeoutError,
  NotARepositoryError,
} from "./errors.js";
export { type GitFacts, readGitFacts } from "./facts.js";
export { type Head, readHead, readRef } from "./head.js";
export {
  type CommitSummary,
  currentBranch,
  defaultBranch,
  localBranches,
  mergeBaseWithHead,
  recentCommits,
  remoteNames,
  remoteUrls,
} from "./refs.js";
export { findRepository, type Repository } from "./repository.js";
export { askGit, gitOutput, type GitResult, hasGit, runGit, type RunGitOptions } from "./run-git.js";
export { otherWorktrees, ownExcludeFiles, submodulePaths, trustRoot } from "./work-trees.js";
