/** The functions that every source can use. */

import { compare } from "./comparing.js";
import { newDict } from "./dicts.js";
import { OperationError } from "./errors.js";
import { iterate, length, toArray, unsupported } from "./iterating.js";
import { hasMethod, methodNames, findMethod } from "./methods.js";
import { characterAt, codeOf, hashCode, parseFloatText, parseInteger } from "./numbers.js";
import { repr, str } from "./printing.js";
import { signature } from "./parameters.js";
import {
  type BoundArguments,
  Builtin,
  Dict,
  type Host,
  List,
  Range,
  truth,
  Tuple,
  typeName,
  type Value,
} from "./values.js";

type Run = (args: BoundArguments, host: Host) => Value;

/** Name, parameters (see {@link signature}) and work of each. */
const FUNCTIONS: readonly (readonly [name: string, parameters: string, run: Run])[] = [
  ["abs", "/x: int|float", (args) => absolute(get(args, "x"))],
  ["all", "/x", (args, { budget }) => iterate(get(args, "x"), budget).every(truth)],
  ["any", "/x", (args, { budget }) => iterate(get(args, "x"), budget).some(truth)],
  ["bool", "/x?", (args) => truth(get(args, "x"))],
  ["chr", "/i: int", (args) => characterAt(get(args, "i"))],
  ["dict", "/*args, **kwargs", dict],
  ["dir", "/x", (args) => new List(methodNames(get(args, "x")))],
  ["enumerate", "it, start?: int", enumerate],
  ["fail", "/*args", fail],
  ["float", "/a?", (args) => toFloat(args.get("a"))],
  ["getattr", "/a, attr: str, default?", getAttribute],
  ["hasattr", "/a, attr: str", (args) => hasMethod(get(args, "a"), String(get(args, "attr")))],
  ["hash", "/a: str", (args) => hashCode(String(get(args, "a")))],
  ["int", "/a?: bool|float|int|str, base?: int", toInteger],
  ["len", "/a", (args) => BigInt(length(get(args, "a")))],
  ["list", "/a?", (args, { budget }) => new List(args.has("a") ? toArray(get(args, "a"), budget) : [])],
  ["max", "/*args, key~", (args, host) => extreme(args, host, "max")],
  ["min", "/*args, key~", (args, host) => extreme(args, host, "min")],
  ["ord", "/a: str", (args) => codeOf(String(get(args, "a")))],
  ["range", "/a: int, b?: int, step?: int", range],
  ["repr", "/a", (args, { budget }) => repr(get(args, "a"), budget)],
  ["reversed", "/a", (args, { budget }) => new List(toArray(get(args, "a"), budget).reverse())],
  ["sorted", "x, key~, reverse~: bool", sorted],
  ["str", "/a", (args, { budget }) => str(get(args, "a"), budget)],
  ["tuple", "/a?", (args, { budget }) => new Tuple(args.has("a") ? toArray(get(args, "a"), budget) : [])],
  ["type", "/a", (args) => typeName(get(args, "a"))],
  ["zip", "/*args", zip],
];

/** The builtin functions and constants by name; `extra` are the host's own functions and constants. */
export function globals(extra: ReadonlyMap<string, Value>): Map<string, Value> {
  const functions = FUNCTIONS.map(([name, parameters, run]) => new Builtin(name, signature(name, parameters), run));
  const named = functions.map((builtin): [string, Value] => [builtin.name, builtin]);
  return new Map<string, Value>([["None", null], ["True", true], ["False", false], ...named, ...extra]);
}

function get(args: BoundArguments, name: string): Value {
  return args.get(name) ?? null;
}

function rest(args: BoundArguments): readonly Value[] {
  const values = args.get("args");
  return values instanceof Tuple ? values.items : [];
}

function absolute(value: Value): Value {
  if (typeof value === "number") return Math.abs(value);
  return typeof value === "bigint" && value < 0n ? -value : value;
}

function dict(args: BoundArguments, { budget }: Host): Value {
  const [first, ...more] = rest(args);
  if (more.length > 0) throw new OperationError(`Found ${more.length} extra positional argument(s) for call to dict`);
  const pairs = first === undefined ? [] : dictPairs(first, { budget });
  const named = args.get("kwargs");
  const namedPairs = named instanceof Dict ? dictPairs(named, { budget }) : [];
  return newDict([...pairs, ...namedPairs], budget);
}

function dictPairs(value: Value, { budget }: Pick<Host, "budget">): [Value, Value][] {
  if (value instanceof Dict) return [...value.entries.values()].map((entry) => [entry.key, entry.value]);
  return toArray(value, budget).map((pair) => {
    const [key, item, ...more] = toArray(pair, budget);
    if (key === undefined || item === undefined || more.length > 0) {
      throw new OperationError(`Found a non-pair element in the positional argument of dict(): ${repr(pair, budget)}`);
    }
    return [key, item];
  });
}

function enumerate(args: BoundArguments, { budget }: Host): Value {
  const start = args.get("start");
  const first = typeof start === "bigint" ? start : 0n;
  const items = toArray(get(args, "it"), budget);
  return new List(items.map((item, index) => new Tuple([first + BigInt(index), item])));
}

function fail(args: BoundArguments, { budget }: Host): never {
  const words = rest(args).map((value) => str(value, budget));
  throw new OperationError(["fail:", ...words].join(" "));
}

function toFloat(value: Value | undefined): Value {
  if (value === undefined) return 0;
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "string") return parseFloatText(value);
  throw unsupported("float()", value);
}

function getAttribute(args: BoundArguments): Value {
  const object = get(args, "a");
  const name = String(get(args, "attr"));
  if (args.has("default") && !hasMethod(object, name)) return get(args, "default");
  return findMethod(object, name);
}

function toInteger(args: BoundArguments): Value {
  const value = args.get("a");
  const base = args.get("base");
  if (value === undefined) return 0n;
  if (typeof value === "string") return parseInteger(value, base === undefined ? 10 : Number(base));
  if (base !== undefined) throw new OperationError("int() cannot convert non-string with explicit base");
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value !== "number") return value;
  if (!Number.isFinite(value))
    throw new OperationError(`Cannot convert ${Number.isNaN(value) ? "NaN" : "infinity"} to an integer`);
  return BigInt(Math.trunc(value));
}

function extreme(args: BoundArguments, host: Host, which: "max" | "min"): Value {
  const values = rest(args);
  const items = values.length === 1 ? toArray(values[0] ?? null, host.budget) : values;
  const key = args.get("key");
  const keyed = items.map((item) => ({ item, key: key === undefined || key === null ? item : host.call(key, [item]) }));
  const [first, ...others] = keyed;
  if (first === undefined) {
    throw new OperationError("Argument is an empty iterable, max() expect a non empty iterable");
  }
  const sign = which === "max" ? 1 : -1;
  return others.reduce((best, next) => (sign * compare(next.key, best.key, host.budget) > 0 ? next : best), first).item;
}

function range(args: BoundArguments): Value {
  const integer = (name: string, missing: bigint) => {
    const value = args.get(name);
    return typeof value === "bigint" ? value : missing;
  };
  const first = integer("a", 0n);
  const step = integer("step", 1n);
  if (step === 0n) throw new OperationError("Third argument of range (step) cannot be zero");
  return args.has("b") ? new Range(first, integer("b", 0n), step) : new Range(0n, first, step);
}

function sorted(args: BoundArguments, { budget, call }: Host): Value {
  const key = args.get("key");
  const keyed = toArray(get(args, "x"), budget).map((item) => ({
    item,
    key: key === undefined || key === null ? item : call(key, [item]),
  }));
  const sign = args.get("reverse") === true ? -1 : 1;
  keyed.sort((a, b) => {
    budget.spend(2);
    return sign * compare(a.key, b.key, budget);
  });
  return new List(keyed.map(({ item }) => item));
}

function zip(args: BoundArguments, { budget }: Host): Value {
  const columns = rest(args).map((value) => toArray(value, budget));
  const rows = columns.reduce((least, column) => Math.min(least, column.length), columns[0]?.length ?? 0);
  return new List(Array.from({ length: rows }, (_, row) => new Tuple(columns.map((column) => column[row] ?? null))));
}
