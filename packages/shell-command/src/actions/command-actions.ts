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
 * What `argv` does, in order, for display only. Empty when all it does is `cd`.
 * A script that is not plain, and every PowerShell script, is one unknown command.
 */
export function commandActions(argv: readonly string[]): ParsedCommand[] {
  const call = shellCall(argv);
  if (call !== null) return mergeRepeats(scriptActions(call.script, plainCommands(argv)));
  const powerShell = powerShellScript(argv);
  if (powerShell !== null) return [{ type: "unknown", cmd: powerShell }];
  return mergeRepeats(withoutNoise(steps(splitAtOperators(argv))));
}

/** A simple command and what it does. */
interface Step {
  words: readonly string[];
  action: ParsedCommand;
}

function scriptActions(script: string, commands: readonly string[][] | null): ParsedCommand[] {
  const telling = commands?.filter((command) => !isFormatting(command)) ?? [];
  if (commands === null || telling.length === 0) return [{ type: "unknown", cmd: script }];
  const all = steps(telling);
  const kept = withoutNoise(all.length > 1 ? all.filter((step) => !isBareTrue(step.words)) : all);
  const [only] = kept;
  if (kept.length !== 1 || only === undefined || only.type === "unknown") return kept;
  return [{ ...only, cmd: scriptCommand(only, script, commands) }];
}

/** The text shown for a script that comes down to one read, list or search. */
function scriptCommand(action: ParsedCommand, script: string, commands: readonly string[][]): string {
  const words = splitWords(script) ?? [script];
  if (commands.length === 1 && !words.some((word) => OPERATORS.has(word))) return quoteCommand(words);
  const showsRange = action.type === "read" && words.includes("|") && script.includes("sed -n");
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

function steps(commands: readonly (readonly string[])[]): Step[] {
  const found: Step[] = [];
  let base: string | null = null;
  for (const words of commands) {
    if (words[0] === "cd") {
      const folder = changedFolder(words.slice(1));
      if (folder !== undefined) base = base === null ? folder : join(base, folder);
      continue;
    }
    found.push({ words, action: below(base, classifyCommand(words)) });
  }
  return found;
}

function below(base: string | null, action: ParsedCommand): ParsedCommand {
  return action.type === "read" && base !== null ? { ...action, path: join(base, action.path) } : action;
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

// What a reader would leave out, as long as something is left.

function withoutNoise(all: readonly Step[]): ParsedCommand[] {
  const kept: ParsedCommand[] = [];
  let droppable = all.length - 1;
  for (const step of all) {
    if (droppable > 0 && isNoise(step, kept.length === 0)) droppable -= 1;
    else kept.push(step.action);
  }
  return kept;
}

function isNoise({ words: [program, ...rest], action }: Step, leads: boolean): boolean {
  if (action.type !== "unknown") return false;
  if (program === "echo") return leads;
  if (program === "nl") return rest.every((word) => word.startsWith("-"));
  return program === "true" && rest.length === 0;
}

function isBareTrue(words: readonly string[]): boolean {
  return words.length === 1 && words[0] === "true";
}

function mergeRepeats(actions: readonly ParsedCommand[]): ParsedCommand[] {
  return actions.filter((action, index) => index === 0 || !isEqual(action, actions[index - 1]));
}

function isEqual(one: ParsedCommand, other: ParsedCommand | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
