/** Says whether a command may destroy what cannot be brought back: it is asked about even where others run freely. */

import { commandsWithin } from "../script/within.js";
import { fileName } from "../script/shell-call.js";
import { isDangerousOnWindows } from "./dangerous-windows.js";
import { isDangerousGit } from "./dangerous-git.js";
import type { VerdictContext } from "./known-safe.js";
import { isLongOption, optionWords, shortLetters } from "./options.js";

/**
 * True when `argv` or any command found in it (see `commandsWithin`) forces a deletion, or throws away work
 * in Git. On Windows also what opens a web address or force-deletes through PowerShell or cmd.
 */
export function isDangerous(argv: readonly string[], context: VerdictContext): boolean {
  if (context.platform === "win32" && isDangerousOnWindows(argv)) return true;
  return commandsWithin(argv).some(isDangerousCommand);
}

function isDangerousCommand([program = "", ...words]: readonly string[]): boolean {
  switch (fileName(program).replace(/\.exe$/i, "")) {
    case "git":
      return isDangerousGit(words);
    case "rm":
      return optionWords(words).some((word) => shortLetters(word).includes("f") || isLongOption(word, "--force"));
    default:
      return false;
  }
}
