/** Guesses from a simple command's words whether it reads a file, lists files or searches. */

import type { ParsedCommand } from "@codex-ts/protocol";
import { quoteCommand } from "../words/quote.js";
import { operandsOf, shortPath } from "./operands.js";

/** What one simple command does; `cmd` is its words, quoted. */
export function classifyCommand(command: readonly string[]): ParsedCommand {
  const [program = "", ...words] = command;
  const action = classify(program, words);
  const cmd = quoteCommand(command);
  switch (action.type) {
    case "read":
      return { type: "read", cmd, name: shortPath(action.path), path: action.path };
    case "list_files":
      return { type: "list_files", cmd, path: action.path };
    case "search":
      return { type: "search", cmd, query: action.query, path: action.path };
    case "unknown":
      return { type: "unknown", cmd };
  }
}

type Action =
  | { type: "read"; path: string }
  | { type: "list_files"; path: string | null }
  | { type: "search"; query: string | null; path: string | null }
  | { type: "unknown" };

type Words = readonly string[];

function classify(program: string, words: Words): Action {
  const byName = PROGRAMS.get(program);
  if (byName !== undefined) return byName(words);
  return /^python[23]\../.test(program) ? python(words) : UNKNOWN;
}

const UNKNOWN: Action = { type: "unknown" };

function read(path: string | undefined): Action {
  return path === undefined ? UNKNOWN : { type: "read", path };
}

function list(path: string | undefined): Action {
  return { type: "list_files", path: path === undefined ? null : shortPath(path) };
}

function search(query: string | undefined, path: string | undefined): Action {
  return { type: "search", query: query ?? null, path: path === undefined ? null : shortPath(path) };
}

function flags(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}

const NO_VALUES: ReadonlySet<string> = new Set();

/** A program that lists the folder named by its first operand. */
function lister(takesValue: ReadonlySet<string>): (words: Words) => Action {
  return (words) => list(operandsOf(words, takesValue)[0]);
}

/** A program that searches for its first operand in its second. */
function searcher(takesValue: ReadonlySet<string>): (words: Words) => Action {
  return (words) => {
    const [query, path] = operandsOf(words, takesValue);
    return search(query, path);
  };
}

/** A program that shows the one file it is given. */
function pager(takesValue: ReadonlySet<string>): (words: Words) => Action {
  return (words) => {
    const operands = operandsOf(words, takesValue);
    return operands.length === 1 ? read(operands[0]) : UNKNOWN;
  };
}

const RIPGREP_VALUES = flags(
  "-g --glob --iglob -t --type --type-add --type-not -m --max-count -A -B -C --context --max-depth",
);

function ripgrep(words: Words): Action {
  const operands = operandsOf(words, RIPGREP_VALUES);
  return words.includes("--files") ? list(operands[0]) : search(operands[0], operands[1]);
}

const GREP_PATTERNS = flags("-e --regexp -f --file");
const GREP_VALUES = flags("-m --max-count -A --after-context -B --before-context -C --context");

/** The pattern is the first `-e` or `-f` value, else the first operand. */
function grep(words: Words): Action {
  const end = words.indexOf("--");
  let pattern: string | undefined;
  for (let at = 0; at < (end < 0 ? words.length : end); at++) {
    const word = words[at] ?? "";
    if (GREP_PATTERNS.has(word)) pattern ??= words[at + 1];
    if (GREP_PATTERNS.has(word) || GREP_VALUES.has(word)) at += 1;
  }
  const operands = operandsOf(words, new Set([...GREP_PATTERNS, ...GREP_VALUES]));
  return pattern === undefined ? search(operands[0], operands[1]) : search(pattern, operands[0]);
}

const LS_FILES_VALUES = flags("--exclude --exclude-from --pathspec-from-file");

function git(words: Words): Action {
  const [subcommand, ...rest] = words;
  if (subcommand === "grep") return grep(rest);
  if (subcommand === "ls-files") return list(operandsOf(rest, LS_FILES_VALUES)[0]);
  return UNKNOWN;
}

const FD_VALUES = flags("-t --type -e --extension -E --exclude --search-path");

function fd(words: Words): Action {
  const [first, second] = operandsOf(words, FD_VALUES);
  if (second !== undefined) return search(first, second);
  if (first === undefined || isPathLike(first)) return list(first);
  return search(first, undefined);
}

function isPathLike(word: string): boolean {
  return word === "." || word === ".." || /[/\\]/.test(word);
}

const FIND_PATTERNS = flags("-name -iname -path -regex");

function find(words: Words): Action {
  const path = words.find((word) => !word.startsWith("-") && word !== "!" && word !== "(" && word !== ")");
  const at = words.findIndex((word) => FIND_PATTERNS.has(word));
  const query = at < 0 ? undefined : words[at + 1];
  return query === undefined ? list(path) : search(query, path);
}

/** `head` and `tail`: the file after a count, or a single word. */
function headOrTail(allowsPlus: boolean): (words: Words) => Action {
  const count = allowsPlus ? /^\+?\d+$/ : /^\d+$/;
  return (words) => {
    const [first = "", second = ""] = words;
    if (first === "-n" && count.test(second)) return read(firstOperand(words.slice(2)));
    if (first.startsWith("-n") && count.test(first.slice(2))) return read(firstOperand(words.slice(1)));
    return words.length === 1 && !first.startsWith("-") ? read(first) : UNKNOWN;
  };
}

function firstOperand(words: Words): string | undefined {
  return words.find((word) => !word.startsWith("-"));
}

const NL_VALUES = flags("-s -w -v -i -b");

const SED_SCRIPT = flags("-e --expression");

/** `sed -n 1,5p FILE`, the range bare or behind `-e`. */
function sed(words: Words): Action {
  const scripts = words.filter((_, index) => SED_SCRIPT.has(words[index - 1] ?? ""));
  const operands = operandsOf(words, SED_SCRIPT);
  const [script, file] = scripts.length > 0 ? [scripts[0], operands[0]] : operands;
  return words.includes("-n") && SED_RANGE.test(script ?? "") ? read(file) : UNKNOWN;
}

const SED_RANGE = /^\d+(?:,\d+)?p$/;

const AWK_VALUES = flags("-F -v -f --field-separator --assign --file");

function awk(words: Words): Action {
  const operands = operandsOf(words, AWK_VALUES);
  const hasProgramFile = words.includes("-f") || words.includes("--file");
  return read(operands[hasProgramFile ? 0 : 1]);
}

const PYTHON_LISTS = /os\.walk|os\.listdir|os\.scandir|glob\.glob|glob\.iglob|pathlib\.Path|\.rglob\(/;

function python(words: Words): Action {
  const at = words.indexOf("-c");
  const script = at < 0 ? "" : (words[at + 1] ?? "");
  return PYTHON_LISTS.test(script) ? list(undefined) : UNKNOWN;
}

const exa = lister(flags("-I --ignore-glob --color --sort --time-style --time"));
const bat = pager(flags("--theme --language --style --terminal-width --tabs --line-range --map-syntax"));
const ack = searcher(flags("-G -g --file-search-regex --ignore-dir --ignore-file --path-to-ignore"));

const PROGRAMS: ReadonlyMap<string, (words: Words) => Action> = new Map(
  Object.entries({
    ls: lister(flags("-I -w --block-size --format --time-style --color --quoting-style")),
    eza: exa,
    exa,
    tree: lister(flags("-L -P -I --charset --filelimit --sort")),
    du: lister(flags("-d --max-depth -B --block-size --exclude --time-style")),
    rg: ripgrep,
    rga: ripgrep,
    "ripgrep-all": ripgrep,
    grep,
    egrep: grep,
    fgrep: grep,
    git,
    ag: ack,
    ack,
    pt: ack,
    fd,
    find,
    cat: pager(NO_VALUES),
    more: pager(NO_VALUES),
    bat,
    batcat: bat,
    less: pager(flags("-p -P -x -y -z -j --pattern --prompt --tabs --shift --jump-target")),
    head: headOrTail(false),
    tail: headOrTail(true),
    nl: (words: Words) => read(operandsOf(words, NL_VALUES)[0]),
    sed,
    awk,
    python,
    python2: python,
    python3: python,
  } satisfies Record<string, (words: Words) => Action>),
);
