/** The methods of strings. Offsets count characters (code points). */

import { formatBraces } from "./brace-format.js";
import { OperationError } from "./errors.js";
import { index, iterate } from "./iterating.js";
import { repr } from "./printing.js";
import { splitChecked, splitLines, splitWords, type SplitFrom } from "./splitting.js";
import {
  type BoundArguments,
  characters,
  Dict,
  type Host,
  Iterator,
  List,
  type Method,
  Tuple,
  typeName,
  type Value,
} from "./values.js";

const RANGE = "needle: str, start?: int|None, end?: int|None";
const isCased = (text: string) => text.toLowerCase() !== text.toUpperCase();

const METHODS: readonly (readonly [string, string, Method<string>["run"]])[] = [
  ["capitalize", "", (text) => capitalize(text)],
  ["codepoints", "", (text) => new Iterator(characters(text).map((one) => BigInt(one.codePointAt(0) ?? 0)))],
  ["count", `/${RANGE}`, (text, args, host) => BigInt(count(part(text, args).text, string(args, "needle"), host))],
  ["elems", "", (text) => new Iterator(characters(text))],
  ["endswith", "/suffix: str|str...", (text, args) => oneOf(args, "suffix").some((suffix) => text.endsWith(suffix))],
  ["find", `/${RANGE}`, (text, args) => BigInt(find(text, args, "first"))],
  ["format", "/*args, **kwargs", format],
  ["index", `/${RANGE}`, (text, args) => found(text, args, "first")],
  ["isalnum", "", (text) => /^[\p{Alphabetic}\p{N}]+$/u.test(text)],
  ["isalpha", "", (text) => /^\p{Alphabetic}+$/u.test(text)],
  ["isdigit", "", (text) => /^\p{N}+$/u.test(text)],
  ["islower", "", (text) => isCased(text) && text === text.toLowerCase()],
  ["isspace", "", (text) => /^\s+$/u.test(text)],
  ["istitle", "", (text) => isCased(text) && text === title(text)],
  ["isupper", "", (text) => isCased(text) && text === text.toUpperCase()],
  ["join", "/to_join", join],
  ["lower", "", (text) => text.toLowerCase()],
  ["lstrip", "/chars?: str", (text, args) => strip(text, args, "start")],
  ["partition", "/needle: str", (text, args) => partition(text, string(args, "needle"), "first")],
  ["removeprefix", "/prefix: str", (text, args) => removePrefix(text, string(args, "prefix"))],
  ["removesuffix", "/suffix: str", (text, args) => removeSuffix(text, string(args, "suffix"))],
  ["replace", "/old: str, new: str, count?: int", replace],
  ["rfind", `/${RANGE}`, (text, args) => BigInt(find(text, args, "last"))],
  ["rindex", `/${RANGE}`, (text, args) => found(text, args, "last")],
  ["rpartition", "/needle: str", (text, args) => partition(text, string(args, "needle"), "last")],
  ["rsplit", "/sep?: str|None, maxsplit?: int|None", (text, args) => split(text, args, "end")],
  ["rstrip", "/chars?: str", (text, args) => strip(text, args, "end")],
  ["split", "/sep?: str|None, maxsplit?: int|None", (text, args) => split(text, args, "start")],
  ["splitlines", "/keepends?: bool", (text, args) => new List(splitLines(text, args.get("keepends") === true))],
  [
    "startswith",
    "/prefix: str|str...",
    (text, args) => oneOf(args, "prefix").some((prefix) => text.startsWith(prefix)),
  ],
  ["strip", "/chars?: str", (text, args) => strip(text, args, "both")],
  ["title", "", (text) => title(text)],
  ["upper", "", (text) => text.toUpperCase()],
];

/** By method name. */
export const STRING_METHODS: ReadonlyMap<string, Method<string>> = new Map(
  METHODS.map(([name, parameters, run]) => [name, { parameters, run }]),
);

function string(args: BoundArguments, name: string): string {
  const value = args.get(name);
  return typeof value === "string" ? value : "";
}

/** One string, or a tuple of them. */
function oneOf(args: BoundArguments, name: string): string[] {
  const value = args.get(name);
  if (typeof value === "string") return [value];
  return value instanceof Tuple ? value.items.filter((item) => typeof item === "string") : [];
}

function capitalize(text: string): string {
  const [first = "", ...rest] = characters(text);
  return first.toUpperCase() + rest.join("").toLowerCase();
}

/** Upper case after everything that is no letter, lower case elsewhere. */
function title(text: string): string {
  return text.toLowerCase().replace(/\p{Alphabetic}+/gu, (word) => {
    const [first = "", ...rest] = characters(word);
    return first.toUpperCase() + rest.join("");
  });
}

/** The text between `start` and `end`, with the number of characters before it. */
function part(text: string, args: BoundArguments): { text: string; before: number } {
  const bounds = [args.get("start"), args.get("end")];
  if (bounds.every((bound) => bound === undefined || bound === null)) return { text, before: 0 };
  const all = characters(text);
  const [from, to] = bounds.map((bound, which) => {
    if (bound === undefined || bound === null) return which === 0 ? 0 : all.length;
    const at = index(bound);
    return Math.min(Math.max(at < 0 ? at + all.length : at, 0), all.length);
  });
  return { text: all.slice(from, to).join(""), before: from ?? 0 };
}

function count(text: string, needle: string, { budget }: Host): number {
  if (needle === "") return characters(text).length + 1;
  let found = 0;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) found += 1;
  budget.spendSize(found);
  return found;
}

function find(text: string, args: BoundArguments, which: "first" | "last"): number {
  const { text: inside, before } = part(text, args);
  const needle = string(args, "needle");
  const at = which === "first" ? inside.indexOf(needle) : inside.lastIndexOf(needle);
  return at < 0 ? -1 : before + characters(inside.slice(0, at)).length;
}

function found(text: string, args: BoundArguments, which: "first" | "last"): Value {
  const at = find(text, args, which);
  if (at < 0) throw new OperationError(`Substring '${string(args, "needle")}' not found in '${text}'`);
  return BigInt(at);
}

function format(text: string, args: BoundArguments, { budget }: Host): Value {
  const positional = args.get("args");
  const named = args.get("kwargs");
  const entries = named instanceof Dict ? [...named.entries.values()] : [];
  const byName = new Map(entries.map(({ key, value }) => [String(key), value]));
  return formatBraces(text, positional instanceof Tuple ? positional.items : [], byName, budget);
}

function join(text: string, args: BoundArguments, { budget }: Host): Value {
  const parts: string[] = [];
  for (const item of iterate(args.get("to_join") ?? null, budget)) {
    if (typeof item !== "string") {
      throw new OperationError(
        `Type of parameter \`to_join\` doesn't match, expected \`str\`, actual \`${typeName(item)} (repr: ${repr(item, budget)})\``,
      );
    }
    budget.spendSize(item.length + text.length);
    parts.push(item);
  }
  return parts.join(text);
}

function strip(text: string, args: BoundArguments, side: "start" | "end" | "both"): Value {
  const given = args.get("chars");
  const chars = typeof given === "string" ? new Set(characters(given)) : null;
  const strips = (character: string) => (chars === null ? /\s/u.test(character) : chars.has(character));
  const all = characters(text);
  let from = 0;
  let to = all.length;
  if (side !== "end") while (from < to && strips(all[from] ?? "")) from += 1;
  if (side !== "start") while (to > from && strips(all[to - 1] ?? "")) to -= 1;
  return all.slice(from, to).join("");
}

/** Not found: everything stands last for `rpartition`, and first for `partition`. */
function partition(text: string, needle: string, which: "first" | "last"): Value {
  if (needle === "") throw new OperationError("Empty separator cannot be used for partitioning");
  const at = which === "first" ? text.indexOf(needle) : text.lastIndexOf(needle);
  if (at < 0) return new Tuple(which === "first" ? [text, "", ""] : ["", "", text]);
  return new Tuple([text.slice(0, at), needle, text.slice(at + needle.length)]);
}

function removePrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function removeSuffix(text: string, suffix: string): string {
  return text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text;
}

function replace(text: string, args: BoundArguments, { budget }: Host): Value {
  const old = string(args, "old");
  const by = string(args, "new");
  const limit = args.get("count");
  const most = limit === undefined ? Infinity : index(limit);
  if (most < 0) throw new OperationError(`Replace final argument was negative '${most}'`);
  const pieces = old === "" ? ["", ...characters(text), ""] : text.split(old);
  const replaced = Math.min(pieces.length - 1, most);
  budget.spendSize(text.length + replaced * by.length);
  return pieces.map((piece, at) => (at === 0 ? piece : (at <= replaced ? by : old) + piece)).join("");
}

function split(text: string, args: BoundArguments, from: SplitFrom): Value {
  const separator = args.get("sep");
  const limit = args.get("maxsplit");
  const most = limit === undefined || limit === null ? Infinity : index(limit);
  const splits = most < 0 ? Infinity : most;
  if (typeof separator !== "string") return new List(splitWords(text, splits, from));
  return new List(splitChecked(text, separator, splits, from));
}
