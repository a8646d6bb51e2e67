/** Says whether a command belongs to the class before which a checkpoint of the workspace is taken. */

import { splitWords } from "../words/split.js";
import { powerShellScript } from "../powershell/invocation.js";
import { fileName } from "../script/shell-call.js";
import { commandsWithin, overwritesByRedirection } from "../script/within.js";
import { isDangerousGit } from "./dangerous-git.js";
import { gitCommand } from "./git-words.js";
import { isLongOption, optionWords } from "./options.js";

/**
 * True when `argv`, or any command found in it, deletes, moves or overwrites files as its purpose.
 * Wider than "dangerous" and without consequence for approvals: the price of a wrong yes is one snapshot.
 */
export function isDestructive(argv: readonly string[]): boolean {
  if (overwritesByRedirection(argv) || commandsWithin(argv).some(isDestructiveCommand)) return true;
  const windowsScript = powerShellScript(argv) ?? cmdScript(argv);
  return windowsScript !== null && scriptWords(windowsScript).some((word) => WINDOWS_WORDS.has(word));
}

function isDestructiveCommand([program = "", ...words]: readonly string[]): boolean {
  const name = fileName(program).replace(/\.exe$/i, "");
  return ALWAYS.has(name) || (BY_WORDS.get(name)?.(words) ?? false);
}

const ALWAYS = new Set("rm rmdir unlink shred truncate mv srm trash".split(" "));

const BY_WORDS: ReadonlyMap<string, (words: readonly string[]) => boolean> = new Map(
  Object.entries({
    cp: (words) => !words.some((word) => word === "-n" || word === "--no-clobber"),
    dd: (words) => words.some((word) => word.startsWith("of=")),
    find: (words) => words.some((word) => ["-delete", "-fprint", "-fprint0", "-fprintf", "-fls"].includes(word)),
    git: isDestructiveGit,
    perl: (words) => words.some(isInPlace),
    ruby: (words) => words.some(isInPlace),
    rsync: (words) => words.some((word) => word.startsWith("--del") || word === "--remove-source-files"),
    sed: (words) => optionWords(words).some((word) => /^-[nErsz]*i/.test(word) || isLongOption(word, "--in-place")),
    tee: (words) => !words.some((word) => word === "-a" || isLongOption(word, "--append")),
  } satisfies Record<string, (words: readonly string[]) => boolean>),
);

function isInPlace(word: string): boolean {
  return /^-[a-zA-Z0-9]*i/.test(word) && !word.startsWith("--");
}

/** What `isDangerousGit` names, and what rewrites the working tree wholesale. */
function isDestructiveGit(words: readonly string[]): boolean {
  if (isDangerousGit(words)) return true;
  switch (gitCommand(words)?.subcommand) {
    case "checkout":
    case "switch":
    case "stash":
    case "mv":
    case "merge":
    case "rebase":
    case "pull":
    case "cherry-pick":
    case "revert":
    case "am":
    case "apply":
    case "read-tree":
    case "checkout-index":
    case "sparse-checkout":
      return true;
    default:
      return false;
  }
}

// Windows: the words of the script are enough for a guess.

function cmdScript(argv: readonly string[]): string | null {
  const isCmd = /^cmd(?:\.exe)?$/i.test(fileName(argv[0] ?? ""));
  const start = argv.findIndex((word) => /^[/-][cr]$/i.test(word));
  return isCmd && start > 0 ? argv.slice(start + 1).join(" ") : null;
}

function scriptWords(script: string): string[] {
  const words = splitWords(script) ?? script.split(/\s+/);
  return words.flatMap((word) => word.toLowerCase().split(/[;|&(){}]/));
}

const WINDOWS_WORDS = new Set(
  (
    "remove-item ri rm del erase rd rmdir move-item mi mv move rename-item rni ren clear-content clc set-content sc " +
    "out-file clear-recyclebin robocopy xcopy copy-item copy cp cpi"
  ).split(" "),
);
