/** Splits a Git command line into global options, subcommand and the subcommand's words. */

/** A Git command line. */
export interface GitCommand {
  /** Options before the subcommand, with their values. */
  globals: readonly string[];
  subcommand: string;
  words: readonly string[];
}

const GLOBALS_WITH_VALUE = new Set([
  "-C",
  "-c",
  "--git-dir",
  "--work-tree",
  "--namespace",
  "--super-prefix",
  "--config-env",
  "--exec-path",
  "--attr-source",
]);

/** Reads the words after `git`; null when they name no subcommand. */
export function gitCommand(words: readonly string[]): GitCommand | null {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-")) return { globals: words.slice(0, at), subcommand: word, words: words.slice(at + 1) };
    if (GLOBALS_WITH_VALUE.has(word)) at += 1;
  }
  return null;
}
