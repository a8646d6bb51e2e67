/** Finds every simple command that a command line may run, however it is wrapped; a search, so it promises no completeness. */

import { forEachChild, parse } from "unbash";
import type { Assignment, Command, Script, SyntaxNode, Word } from "unbash";
import { carriedCommands } from "./carriers.js";
import { fileName, looseShellScript, readsScript } from "./shell-call.js";

/** How deep scripts in scripts are followed, and how many commands are collected, so that hostile input stays cheap. */
const MAX_DEPTH = 8;
const MAX_COMMANDS = 10_000;

/**
 * All simple commands found in `argv`: itself, those in a script it gives to a shell (inside groups, loops,
 * functions, substitutions; redirected, in the background, after a comment), and those that a carrier such as
 * `sudo`, `env`, `xargs` or `find -exec` would start. Words are as the program would receive them; a program
 * given by path or behind a backslash is listed by its bare name too; variables that the script sets to a
 * constant are filled in. For matching rules that forbid or ask, and for the danger tests: a command that is
 * not found here may still run.
 */
export function commandsWithin(argv: readonly string[]): string[][] {
  const found = new Map<string, string[]>();
  collectArgv(argv, found, 0);
  return [...found.values()];
}

/** Whether a script in `argv` sends output over a file (`>`, not `>>`); device files do not count. */
export function overwritesByRedirection(argv: readonly string[]): boolean {
  return commandsWithin(argv).some((command) => {
    const script = looseShellScript(command);
    let overwrites = false;
    if (script !== null) visit(parse(script), (node) => void (overwrites ||= isOverwrite(node)));
    return overwrites;
  });
}

function isOverwrite(node: SyntaxNode): boolean {
  if (node.type !== "Redirect" || node.target === undefined) return false;
  if (node.operator === ">&") return !/^(?:\d+|-|\/dev\/.*)$/.test(node.target.value);
  const truncates = node.operator === ">" || node.operator === ">|" || node.operator === "&>";
  return truncates && !node.target.value.startsWith("/dev/");
}

type Found = Map<string, string[]>;

function collectArgv(argv: readonly string[], found: Found, depth: number): void {
  const [program] = argv;
  if (program === undefined || depth > MAX_DEPTH || found.size >= MAX_COMMANDS) return;
  const key = argv.join("\0");
  if (found.has(key)) return;
  found.set(key, [...argv]);
  const name = fileName(program);
  if (name !== program && name !== "") collectArgv([name, ...argv.slice(1)], found, depth);
  const script = looseShellScript(argv);
  if (script !== null) collectScript(script, found, depth + 1);
  if (program === "eval") collectScript(argv.slice(1).join(" "), found, depth + 1);
  if (program === "trap") collectScript(trapScript(argv), found, depth + 1);
  for (const carried of carriedCommands(argv)) collectArgv(carried, found, depth + 1);
}

/** `trap 'SCRIPT' SIGNAL…`; `trap - SIGNAL` has none. */
function trapScript(argv: readonly string[]): string {
  const script = argv.slice(1).find((word) => word !== "--") ?? "";
  return script === "-" ? "" : script;
}

function collectScript(script: string, found: Found, depth: number): void {
  if (depth > MAX_DEPTH) return;
  const tree = parse(script);
  const constants = constantVariables(tree);
  visit(tree, (node) => {
    if (node.type !== "Command") return;
    const words = commandWords(node, constants);
    collectArgv(words, found, depth);
    if (readsScript(words)) for (const text of inputTexts(node)) collectScript(text, found, depth + 1);
  });
}

/** Texts that stand in the script and become a command's input: `<<END` and `<<<`. */
function inputTexts(node: Command): string[] {
  return node.redirects.flatMap((redirect) => {
    if (redirect.type === "HereDoc") return [redirect.body.text];
    return redirect.type === "HereString" && redirect.target !== undefined ? [redirect.target.value] : [];
  });
}

/** Calls `see` on every node below `root`, without recursion: nesting is the input's choice. */
function visit(root: Script, see: (node: SyntaxNode) => void): void {
  const open: SyntaxNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    see(node);
    const children: SyntaxNode[] = [];
    forEachChild(node, (child) => void children.push(child));
    for (let child = children.pop(); child !== undefined; child = children.pop()) open.push(child);
  }
}

/** Variables that get a constant value somewhere in the script; of several values the last one counts. */
function constantVariables(tree: Script): Map<string, string> {
  const constants = new Map<string, string>();
  visit(tree, (node) => {
    if (node.type === "Assignment" && isConstant(node)) constants.set(node.name, node.value.value);
  });
  return constants;
}

function isConstant(node: Assignment): node is Assignment & { value: Word } {
  if (node.value.type !== "Word" || node.append === true || node.index !== undefined) return false;
  return (node.value.parts ?? []).every((part) => part.type !== "CommandExpansion" && part.type !== "SimpleExpansion");
}

function commandWords(node: Command, constants: ReadonlyMap<string, string>): string[] {
  const words = node.name === undefined ? [] : wordValues(node.name, constants);
  for (const argument of node.args) {
    words.push(...(argument.type === "Word" ? wordValues(argument, constants) : [argument.text]));
  }
  // zsh replaces `=rm` by the path of rm.
  const [name] = words;
  if (name !== undefined && /^=[A-Za-z]/.test(name)) words[0] = name.slice(1);
  return words;
}

/** The word's value with known variables filled in; an unquoted variable alone is split into words, as shells do. */
function wordValues(word: Word, constants: ReadonlyMap<string, string>): string[] {
  const { parts } = word;
  if (parts === undefined || constants.size === 0) return [word.value];
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    const constant = variableValue(only, constants);
    if (constant !== undefined) return constant.split(/[ \t\n]+/).filter((piece) => piece !== "");
  }
  return [parts.map((part) => variableValue(part, constants) ?? partValue(part, constants)).join("")];
}

type Part = NonNullable<Word["parts"]>[number];

function variableValue(part: Part, constants: ReadonlyMap<string, string>): string | undefined {
  if (part.type === "SimpleExpansion") return constants.get(part.text.slice(1));
  const isBare = part.type === "ParameterExpansion" && part.operation === undefined && part.prefix === undefined;
  return isBare ? constants.get(part.parameter) : undefined;
}

function partValue(part: Part, constants: ReadonlyMap<string, string>): string {
  if (part.type === "DoubleQuoted") {
    return part.parts.map((child) => variableValue(child, constants) ?? partValue(child, constants)).join("");
  }
  return "value" in part ? part.value : part.text;
}
