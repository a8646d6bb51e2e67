/** Facts about a Git repository, diffs, and applying patches through git, without ever surprising the user's index. */

export {};
