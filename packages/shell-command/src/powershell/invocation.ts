/** Recognises an argv that starts PowerShell and finds the script in it. */

import { fileName } from "../script/shell-call.js";

/** Whether the program is Windows PowerShell or PowerShell 7, at any path. */
export function isPowerShell(program: string): boolean {
  return /^(?:powershell|pwsh)(?:\.exe)?$/i.test(fileName(program));
}

const HARMLESS_FLAGS = new Set(["-nologo", "-noprofile", "-noninteractive", "-mta", "-sta"]);

/**
 * The script of a PowerShell invocation: `-Command SCRIPT` (one word, the last), `-Command:SCRIPT`, or the words
 * that remain after the harmless flags. Null when `argv` is no PowerShell, has no script, or has any other flag:
 * an encoded command, a file, an execution policy.
 */
export function powerShellScript(argv: readonly string[]): string | null {
  const [program, ...words] = argv;
  if (program === undefined || !isPowerShell(program)) return null;
  for (const [index, word] of words.entries()) {
    const flag = word.toLowerCase();
    if (HARMLESS_FLAGS.has(flag)) continue;
    const rest = words.slice(index + 1);
    if (flag === "-command" || flag === "/command" || flag === "-c")
      return rest.length === 1 ? (rest[0] ?? null) : null;
    if (flag.startsWith("-command:") || flag.startsWith("/command:")) {
      return rest.length === 0 ? word.slice("-command:".length) : null;
    }
    return /^[-/]/.test(word) ? null : words.slice(index).join(" ");
  }
  return null;
}
