/** The methods of lists and dicts. */

import { equals } from "./comparing.js";
import { getEntry, removeEntry, setEntry } from "./dicts.js";
import { OperationError } from "./errors.js";
import { index, outOfBound, resolveIndex, toArray } from "./iterating.js";
import { missingKey } from "./operators.js";
import { repr } from "./printing.js";
import { type BoundArguments, Dict, type Host, List, type Method, Tuple, type Value } from "./values.js";

const LIST: readonly (readonly [string, string, Method<List>["run"]])[] = [
  ["append", "/el", (list, args) => nothing(list.mutable().push(arg(args, "el")))],
  ["clear", "", (list) => nothing(list.mutable().splice(0))],
  ["extend", "/other", extend],
  ["index", "/needle, start?: int|None, end?: int|None", listIndex],
  ["insert", "/index: int, el", insert],
  ["pop", "/index?: int", popItem],
  ["remove", "/needle", remove],
];

const DICT: readonly (readonly [string, string, Method<Dict>["run"]])[] = [
  ["clear", "", (dict) => nothing(dict.mutable().clear())],
  [
    "get",
    "/key, default?",
    (dict, args, { budget }) => getEntry(dict, arg(args, "key"), budget) ?? arg(args, "default"),
  ],
  ["items", "", (dict) => new List([...dict.entries.values()].map(({ key, value }) => new Tuple([key, value])))],
  ["keys", "", (dict) => new List([...dict.entries.values()].map(({ key }) => key))],
  ["pop", "/key, default?", popEntry],
  ["popitem", "", popFirst],
  ["setdefault", "/key, default?", setDefault],
  ["update", "/pairs?, **kwargs", update],
  ["values", "", (dict) => new List([...dict.entries.values()].map(({ value }) => value))],
];

function table<Self>(rows: readonly (readonly [string, string, Method<Self>["run"]])[]): Map<string, Method<Self>> {
  return new Map(rows.map(([name, parameters, run]) => [name, { parameters, run }]));
}

/** By method name. */
export const CONTAINER_METHODS: {
  readonly list: ReadonlyMap<string, Method<List>>;
  readonly dict: ReadonlyMap<string, Method<Dict>>;
} = { list: table(LIST), dict: table(DICT) };

function arg(args: BoundArguments, name: string): Value {
  return args.get(name) ?? null;
}

function nothing(_done: unknown): null {
  return null;
}

function extend(list: List, args: BoundArguments, { budget }: Host): Value {
  const added = toArray(arg(args, "other"), budget);
  const items = list.mutable();
  for (const item of added) items.push(item);
  return null;
}

function listIndex(list: List, args: BoundArguments, { budget }: Host): Value {
  const size = list.items.length;
  const clamp = (name: string, missing: number) => {
    const value = args.get(name);
    if (value === undefined || value === null) return missing;
    const at = index(value);
    return Math.min(Math.max(at < 0 ? at + size : at, 0), size);
  };
  const needle = arg(args, "needle");
  const to = clamp("end", size);
  for (let at = clamp("start", 0); at < to; at += 1) {
    budget.spend(1);
    if (equals(list.items[at] ?? null, needle, budget)) return BigInt(at);
  }
  throw new OperationError(`Element '${repr(needle, budget)}' not found in '${repr(list, budget)}'`);
}

function insert(list: List, args: BoundArguments, { budget }: Host): Value {
  const at = index(arg(args, "index"));
  budget.spendSize(list.items.length);
  list.mutable().splice(at, 0, arg(args, "el"));
  return null;
}

function popItem(list: List, args: BoundArguments, { budget }: Host): Value {
  const items = list.mutable();
  const which = args.get("index");
  if (items.length === 0) throw outOfBound(which === undefined ? 0 : index(which));
  const at = which === undefined ? items.length - 1 : resolveIndex(which, items.length);
  budget.spendSize(items.length - at);
  const [item = null] = items.splice(at, 1);
  return item;
}

function remove(list: List, args: BoundArguments, { budget }: Host): Value {
  const needle = arg(args, "needle");
  const at = list.items.findIndex((item) => equals(item, needle, budget));
  budget.spend(list.items.length);
  if (at < 0) throw new OperationError(`Element '${repr(needle, budget)}' not found in list '${repr(list, budget)}'`);
  list.mutable().splice(at, 1);
  return null;
}

function popEntry(dict: Dict, args: BoundArguments, { budget }: Host): Value {
  const key = arg(args, "key");
  const value = removeEntry(dict, key, budget) ?? args.get("default");
  if (value === undefined) throw missingKey(key, budget);
  return value;
}

function popFirst(dict: Dict): Value {
  const entries = dict.mutable();
  for (const [hash, { key, value }] of entries) {
    entries.delete(hash);
    return new Tuple([key, value]);
  }
  throw new OperationError("Cannot .popitem() on an empty dictionary");
}

function setDefault(dict: Dict, args: BoundArguments, { budget }: Host): Value {
  const key = arg(args, "key");
  const known = getEntry(dict, key, budget);
  if (known !== undefined) return known;
  const value = arg(args, "default");
  setEntry(dict, key, value, budget);
  return value;
}

function update(dict: Dict, args: BoundArguments, { budget }: Host): Value {
  const pairs = args.get("pairs");
  for (const source of [pairs, args.get("kwargs")]) {
    if (source instanceof Dict) {
      for (const { key, value } of source.entries.values()) setEntry(dict, key, value, budget);
    } else if (source !== undefined && source !== null) {
      for (const pair of toArray(source, budget)) addPair(dict, toArray(pair, budget), { budget });
    }
  }
  return null;
}

function addPair(dict: Dict, pair: readonly Value[], { budget }: Pick<Host, "budget">): void {
  const [key, value] = pair;
  if (key === undefined || value === undefined || pair.length !== 2) {
    throw new OperationError("dict.update expect a list of pairs or a dictionary as first argument");
  }
  setEntry(dict, key, value, budget);
}
