/** Facts about a Git repository, diffs, and applying patches through git, without ever surprising the user's index. */

export { type GitFacts, readGitFacts } from "./facts.js";
export { type Head, readHead, readRef } from "./head.js";
export { findRepository, type Repository } from "./repository.js";
