/** Which Git commands only read: by subcommand and by every option that writes, deletes or runs a program. */

import { isLongOption } from "./options.js";

/**
 * Whether `git <words>` only reads. The subcommand must come first: global options can point Git at another
 * repository or set configuration that runs programs.
 */
export function isSafeGit(words: readonly string[]): boolean {
  const [subcommand, ...rest] = words;
  switch (subcommand) {
    case "status":
    case "log":
    case "diff":
    case "show":
      return !rest.some(writesOrRuns);
    case "branch":
      return listsBranches(rest);
    default:
      return false;
  }
}

/** Options of the reading subcommands that write a file or start a program. */
const HARMFUL = ["--output", "--ext-diff", "--textconv", "--show-signature", "--help"];

function writesOrRuns(word: string): boolean {
  if (word === "-c" || word === "-o") return true;
  // `--text` is an option of its own, not short for `--textconv`.
  return word !== "--text" && HARMFUL.some((option) => isLongOption(word, option));
}

/** Without an operand, or with one after an option that asks for a list. */
function listsBranches(words: readonly string[]): boolean {
  const lists = words.some((word) => LIST_WORDS.has(word) || LIST_WITH_VALUE.test(word));
  return words.every((word, index) => {
    if (
      BRANCH_FLAGS.has(word) ||
      BRANCH_FLAG_WITH_VALUE.test(word) ||
      LIST_WORDS.has(word) ||
      LIST_WITH_VALUE.test(word)
    )
      return true;
    if (word.startsWith("-")) return false;
    return lists || TAKES_NEXT.has(words[index - 1] ?? "");
  });
}

const LIST_WORDS = new Set(["-l", "--list", "--contains", "--no-contains", "--merged", "--no-merged", "--points-at"]);
const LIST_WITH_VALUE = /^--(?:contains|no-contains|merged|no-merged|points-at)=/;
const TAKES_NEXT = new Set(["--sort", "--format"]);
const BRANCH_FLAGS = new Set(
  (
    "-a --all -r --remotes -v -vv --verbose -q --quiet -i --ignore-case --show-current --no-color --no-column " +
    "--no-abbrev --omit-empty --sort --format --color --column --abbrev -av -avv -va -vva -rv -rvv -ra -ar"
  ).split(" "),
);
const BRANCH_FLAG_WITH_VALUE = /^--(?:sort|format|color|column|abbrev)=/;
