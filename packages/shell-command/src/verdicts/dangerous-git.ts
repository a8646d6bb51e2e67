/** Which Git commands throw away uncommitted work or rewrite what others have. */

import { gitCommand } from "./git-words.js";
import { isLongOption, optionWords, shortLetters } from "./options.js";

/** Whether `git <words>` may lose work that no later command brings back. */
export function isDangerousGit(words: readonly string[]): boolean {
  const git = gitCommand(words);
  if (git === null) return false;
  const options = optionWords(git.words);
  const has = (letter: string, ...names: string[]) =>
    options.some(
      (word) =>
        (letter !== "" && shortLetters(word).includes(letter)) || names.some((name) => isLongOption(word, name)),
    );
  switch (git.subcommand) {
    case "reset":
    case "rm":
      return true;
    case "clean":
      return has("f", "--force") && !has("n", "--dry-run");
    case "checkout":
      return has("f", "--force") || git.words.includes("--") || git.words.includes(".");
    case "restore":
      return !has("S", "--staged") || has("W", "--worktree");
    case "switch":
      return has("f", "--force", "--discard-changes");
    case "push":
      return (
        has("f", "--force", "--force-with-lease", "--mirror", "--delete", "--prune") ||
        has("d") ||
        git.words.some(isForcedRef)
      );
    case "stash":
      return git.words[0] === "drop" || git.words[0] === "clear";
    default:
      return false;
  }
}

/** `+main` overwrites a remote branch, `:main` deletes it. */
function isForcedRef(word: string): boolean {
  return /^[+:]./.test(word);
}
