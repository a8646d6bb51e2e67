/** The plain subset of shell scripts: simple commands of constant words, joined by `&&`, `||`, `;`, `|` and line breaks. */

import { parse } from "unbash";
import type { CommandNode, PipelineNode, PipelinePrefix, Statement, Word, WordPart } from "unbash";
import { shellCall } from "./shell-call.js";

/** One word of a plain command. */
export interface PlainWord {
  /** As rules and amendments know it: quotes removed, escapes and patterns left as written. */
  text: string;
  /** As the program receives it, as far as that is known without looking at the disk. */
  value: string;
  /** True when the shell may put other words here, options among them: `{a,b}`, or a pattern that can match `-x`. */
  uncertain: boolean;
}

/** A simple command; never empty. */
export type PlainCommand = readonly PlainWord[];

/**
 * The simple commands of a plain `[bash|zsh|sh, -lc|-c, script]`, in order; null for every other argv.
 * An empty script gives no commands.
 */
export function plainCommands(argv: readonly string[]): string[][] | null {
  const call = shellCall(argv);
  const commands = call === null ? null : plainScript(call.script);
  return commands === null ? null : commands.map((command) => command.map((word) => word.text));
}

/** The simple commands of a script, or null when it is not plain. */
export function plainScript(script: string): PlainCommand[] | null {
  const tree = parse(script);
  if (tree.errors !== undefined && tree.errors.length > 0) return null;
  const found: Word[][] = [];
  if (!tree.commands.every((statement) => collectStatement(statement, found))) return null;
  if (!nothingBetween(script, found)) return null;
  const commands: PlainCommand[] = [];
  for (const words of found) {
    const command = plainCommand(words);
    if (command === null) return null;
    commands.push(command);
  }
  return commands;
}

// Structure: every node of the tree must be of an expected kind.

function collectStatement(statement: Statement, into: Word[][]): boolean {
  if (statement.background === true) return false;
  const { command } = statement;
  return command.type === "AndOr"
    ? command.commands.every((pipeline) => collectPipeline(pipeline, into))
    : collectPipeline(command, into);
}

function collectPipeline(node: PipelineNode, into: Word[][]): boolean {
  if (node.type !== "Pipeline") return collectCommand(node, into);
  if (node.operators.some((operator) => operator !== "|")) return false;
  const first = into.length;
  if (!node.commands.every((command) => collectCommand(command, into))) return false;
  into[first]?.unshift(...node.prefixes.flatMap(timeWords));
  return node.prefixes.every((prefix) => prefix.type === "Time");
}

/** `time` is a keyword to the shell; here it is a program that is given the command. */
function timeWords(prefix: PipelinePrefix): Word[] {
  if (prefix.type !== "Time") return [];
  const keyword: Word = { type: "Word", text: "time", value: "time", pos: prefix.pos, end: prefix.keywordEnd };
  const posix: Word[] = prefix.posix === undefined ? [] : [{ type: "Word", text: "-p", value: "-p", ...prefix.posix }];
  return [keyword, ...posix];
}

function collectCommand(node: CommandNode, into: Word[][]): boolean {
  if (node.type !== "Command" || node.name === undefined || node.prefix.length > 0) return false;
  const words = [node.name];
  for (const argument of node.suffix) {
    if (argument.type !== "Word") return false;
    words.push(argument);
  }
  into.push(words);
  return true;
}

// Gaps: between the words there may be blanks and one joining operator, so nothing hides outside the tree.

const BLANK = /^(?:[ \t]|\\\r?\n)*$/;
const JOINT = /^(?:[ \t]|\\\r?\n)*(?:;|&&|\|\||\||\n)[ \t\n]*$/;
const EDGE = /^[ \t\n]*$/;
const END = /^[ \t\n]*;?[ \t\n]*$/;

function nothingBetween(script: string, commands: readonly (readonly Word[])[]): boolean {
  let end = 0;
  for (const [index, words] of commands.entries()) {
    for (const [position, word] of words.entries()) {
      const gap = script.slice(end, word.pos);
      const allowed = position > 0 ? BLANK : index > 0 ? JOINT : EDGE;
      if (!allowed.test(gap)) return false;
      end = word.end;
    }
  }
  return (commands.length === 0 ? EDGE : END).test(script.slice(end));
}

// Words: only constant ones.

function plainCommand(words: readonly Word[]): PlainCommand | null {
  const [name] = words;
  if (name === undefined || name.parts !== undefined || NOT_PROGRAMS.has(name.text) || /^-?\d+$/.test(name.text))
    return null;
  const command: PlainWord[] = [];
  for (const word of words) {
    const plain = plainWord(word);
    if (plain === null) return null;
    command.push(plain);
  }
  return command;
}

/** Words that begin a declaration, a test or a compound command in one of the three shells, not a program. */
const NOT_PROGRAMS = new Set(
  (
    "declare typeset export readonly local unset unsetenv [ [[ ! { } ( ) coproc function select " +
    "if then elif else fi for foreach end while until do done case esac in repeat nocorrect noglob"
  ).split(" "),
);

function plainWord(word: Word): PlainWord | null {
  const parts = word.parts ?? [{ type: "Literal", text: word.text } as const];
  let text = "";
  let uncertain = false;
  for (const part of parts) {
    const piece = plainPart(part);
    if (piece === null) return null;
    const mayBecomeOption = text === "" || text.startsWith("-") || text.startsWith("\\-");
    uncertain ||= part.type === "BraceExpansion" || (part.type === "Glob" && mayBecomeOption);
    text += piece;
  }
  return { text, value: word.value, uncertain };
}

/** The part's text with its quotes removed, or null when the part is not constant. */
function plainPart(part: Pick<WordPart, "type" | "text">): string | null {
  switch (part.type) {
    case "SingleQuoted":
      return part.text.slice(1, -1);
    case "DoubleQuoted":
      return UNESCAPED_EXPANSION.test(part.text) ? null : part.text.slice(1, -1);
    case "Literal":
    case "Glob":
    case "BraceExpansion":
      return NOT_BARE.test(part.text.replace(ESCAPED, "")) || SEQUENCE.test(part.text) ? null : part.text;
    case "AnsiCQuoted":
    case "LocaleString":
    case "SimpleExpansion":
    case "ParameterExpansion":
    case "CommandExpansion":
    case "ArithmeticExpansion":
    case "ProcessSubstitution":
    case "ExtendedGlob":
      return null;
  }
}

/** `$` or a backtick, not behind a backslash. */
const UNESCAPED_EXPANSION = /(?:^|[^\\])(?:\\\\)*[$`]/;
/** What makes bare text more than a word: quotes, expansions, groups, line breaks (also behind a backslash). */
const NOT_BARE = /["'$`()<>&|;\n\r]/;
const ESCAPED = /\\[^\n\r]/g;
/** `{1..9}`, which is neither one word nor a list of written ones. */
const SEQUENCE = /^\{[^{},]*\.\.[^{},]*\}$/;
