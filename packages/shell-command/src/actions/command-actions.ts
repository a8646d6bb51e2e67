/** Summarises a command line for people: which files it reads and lists, what it searches for. */

import type { ParsedCommand } from "@codex-ts/protocol";
import { powerShellScript } from "../powershell/invocation.js";
import { shellCall } from "../script/shell-call.js";
import { plainCommands } from "../script/plain.js";
import { quoteCommand } from "../words/quote.js";
import { splitWords } from "../words/split.js";
import { classifyCommand } from "./classify.js";
import { isFormatting } from "./formatting.js";

/**
 * What `argv` does, in order, for display only; never empty for a command that is not.
 * A script that is not plain, and every PowerShell script, is one unknown command.
 */
export function commandActions(argv: readonly string[]): ParsedCommand[] {
  const call = shellCall(argv);
  if (call !== null) return mergeRepeats(scriptActions(call.script, plainCommands(argv)));
  const powerShell = powerShellScript(argv);
  if (powerShell !== null) return [{ type: "unknown", cmd: powerShell }];
  return mergeRepeats(simplify(located(splitAtOperators(argv))));
}

function scriptActions(script: string, commands: readonly string[][] | null): ParsedCommand[] {
  const whole: ParsedCommand = { type: "unknown", cmd: script };
  const telling = commands?.filter((command) => !isFormatting(command)) ?? [];
  if (commands === null || telling.length === 0) return [whole];
  const actions = located(telling);
  const kept = simplify(actions.length > 1 ? actions.filter((action) => action.cmd !== "true") : actions);
  const [only] = kept;
  if (kept.length !== 1 || only === undefined || only.type === "unknown") return kept;
  return [{ ...only, cmd: scriptCommand(only, script, commands) }];
}

/** The text shown for a script that comes down to one read, list or search. */
function scriptCommand(action: ParsedCommand, script: string, commands: readonly string[][]): string {
  if (commands.length === 1) return quoteCommand(splitWords(script) ?? [script]);
  const showsRange = action.type === "read" && script.includes("|") && script.includes("sed -n");
  return showsRange ? script : action.cmd;
}

// An argv that holds operators as words, as some callers write it.

const OPERATORS = new Set(["&&", "||", "|", ";"]);
const ANSWERS = new Set(["yes", "y", "no", "n"]);

function splitAtOperators(argv: readonly string[]): string[][] {
  const words = ANSWERS.has(argv[0] ?? "") && argv[1] === "|" ? argv.slice(2) : argv;
  const commands: string[][] = [[]];
  for (const word of words) {
    if (OPERATORS.has(word)) commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return commands.filter((command) => command.length > 0);
}

// `cd`: not an action, but the base of later reads.

function located(commands: readonly (readonly string[])[]): ParsedCommand[] {
  const actions: ParsedCommand[] = [];
  let base: string | null = null;
  for (const command of commands) {
    const folder = command[0] === "cd" ? changedFolder(command.slice(1)) : undefined;
    if (folder !== undefined) {
      base = base === null ? folder : join(base, folder);
      continue;
    }
    const action = classifyCommand(command);
    actions.push(action.type === "read" && base !== null ? { ...action, path: join(base, action.path) } : action);
  }
  return actions;
}

function changedFolder(words: readonly string[]): string | undefined {
  const end = words.indexOf("--");
  if (end >= 0) return words[end + 1];
  return words.findLast((word) => !word.startsWith("-"));
}

function join(base: string, path: string): string {
  if (isAbsolute(path)) return path;
  return base.endsWith("/") || base === "" ? base + path : `${base}/${path}`;
}

function isAbsolute(path: string): boolean {
  return path.startsWith("/") || path.startsWith("\\") || /^[A-Za-z]:[\\/]/.test(path);
}

// What a reader would leave out.

function simplify(actions: readonly ParsedCommand[]): ParsedCommand[] {
  let kept = [...actions];
  while (kept.length > 1) {
    const at = kept.findIndex((action, index) => isNoise(action, index, kept.length));
    if (at < 0) break;
    kept = kept.toSpliced(at, 1);
  }
  return kept;
}

function isNoise(action: ParsedCommand, index: number, length: number): boolean {
  if (action.type !== "unknown") return false;
  const [program, ...words] = splitWords(action.cmd) ?? [];
  switch (program) {
    case "echo":
      return index === 0;
    case "cd":
      return index < length - 1;
    case "true":
      return words.length === 0;
    case "nl":
      return words.every((word) => word.startsWith("-"));
    default:
      return false;
  }
}

function mergeRepeats(actions: readonly ParsedCommand[]): ParsedCommand[] {
  return actions.filter((action, index) => index === 0 || !isEqual(action, actions[index - 1]));
}

function isEqual(one: ParsedCommand, other: ParsedCommand | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
