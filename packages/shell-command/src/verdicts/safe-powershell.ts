/** Says whether a PowerShell invocation is known to do no more than read, by looking at its script alone. */

import { powerShellScript } from "../powershell/invocation.js";
import { constantPowerShellCommands } from "../powershell/tokens.js";
import { isSafeGit } from "./safe-git.js";
import { isSafeRipgrep } from "./safe-ripgrep.js";

/** True when the script consists only of constant commands from the table of reading cmdlets. */
export function isSafePowerShell(argv: readonly string[]): boolean {
  const script = powerShellScript(argv);
  const commands = script === null ? null : constantPowerShellCommands(script);
  return commands !== null && commands.every(isSafeCommand);
}

function isSafeCommand(command: readonly string[]): boolean {
  const [first = "", ...words] = command;
  if (command.some((word) => CHANGES.has(bareName(word)))) return false;
  const name = bareName(first);
  if (name === "git") return isSafeGitFromPowerShell(words);
  if (name === "rg") return isSafeRipgrep(words);
  return READS.has(name);
}

/** The table's names are compared in lower case, without what PowerShell allows around a name. */
function bareName(word: string): string {
  return word.replace(/^[(-]+|\)+$/g, "").toLowerCase();
}

const READS = new Set(
  (
    "echo write-output write-host dir ls get-childitem gci cat type gc get-content select-string sls findstr " +
    "measure-object measure get-location gl pwd test-path tp resolve-path rvpa select-object select get-item"
  ).split(" "),
);

const CHANGES = new Set(
  "set-content add-content out-file new-item remove-item move-item copy-item rename-item start-process stop-process".split(
    " ",
  ),
);

/** Of the options before the subcommand only `--no-pager`; others lead to another repository or configuration. */
function isSafeGitFromPowerShell(words: readonly string[]): boolean {
  const rest = words[0] === "--no-pager" ? words.slice(1) : words;
  const [subcommand, ...options] = rest;
  if (subcommand === "cat-file") return options.every((word) => /^-[pets]$/.test(word) || !word.startsWith("-"));
  return subcommand !== "branch" && isSafeGit(rest);
}
