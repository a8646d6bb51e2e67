/** Looping over values and taking them apart by index. */

import { OperationError } from "./errors.js";
import type { Budget } from "./limits.js";
import { characterCount, characters, Dict, Iterator, List, Range, Tuple, typeName, type Value } from "./values.js";

/** The elements of a value, one step each; lists and dicts are locked meanwhile. Throws for what has none. */
export function iterate(value: Value, budget: Budget): IteratorObject<Value> {
  return counted(elements(value), budget);
}

function* counted(items: Iterable<Value>, budget: Budget): Generator<Value, void, undefined> {
  for (const item of items) {
    budget.spend(1);
    yield item;
  }
}

/** All elements at once. */
export function toArray(value: Value, budget: Budget): Value[] {
  return [...iterate(value, budget)];
}

function elements(value: Value): Iterable<Value> {
  if (value instanceof List) return locked(value, value.items);
  if (value instanceof Tuple || value instanceof Iterator) return value.items;
  if (value instanceof Dict) return locked(value, keys(value));
  if (value instanceof Range) return numbers(value);
  throw unsupported("(iter)", value);
}

function* locked(value: List | Dict, items: Iterable<Value>): Generator<Value, void, undefined> {
  value.loops += 1;
  try {
    yield* items;
  } finally {
    value.loops -= 1;
  }
}

function* keys(dict: Dict): Generator<Value, void, undefined> {
  for (const { key } of dict.entries.values()) yield key;
}

function* numbers({ start, step, length }: Range): Generator<Value, void, undefined> {
  for (let index = 0n; index < length; index += 1n) yield start + index * step;
}

/** `len(value)`. */
export function length(value: Value): number {
  if (typeof value === "string") return characterCount(value);
  if (value instanceof List || value instanceof Tuple) return value.items.length;
  if (value instanceof Dict) return value.entries.size;
  if (value instanceof Range) return Number(value.length);
  throw unsupported("len()", value);
}

/** `object[from:to:step]`. */
export function slice(object: Value, bounds: readonly [Value, Value, Value], budget: Budget): Value {
  budget.spendSize(sizeForSlice(object));
  if (typeof object === "string") return pick(characters(object), bounds).join("");
  if (object instanceof List) return new List(pick(object.items, bounds));
  if (object instanceof Tuple) return new Tuple(pick(object.items, bounds));
  if (object instanceof Range) return sliceRange(object, bounds);
  throw unsupported("[::]", object);
}

function sizeForSlice(object: Value): number {
  return typeof object === "string" ? object.length : object instanceof Range ? 1 : length(object);
}

function pick<Item>(items: readonly Item[], bounds: readonly [Value, Value, Value]): Item[] {
  const { from, to, step } = resolveBounds(items.length, bounds);
  if (step === 1) return items.slice(from, Math.max(from, to));
  const picked: Item[] = [];
  for (let at = from; step > 0 ? at < to : at > to; at += step) picked.push(...items.slice(at, at + 1));
  return picked;
}

function sliceRange(range: Range, bounds: readonly [Value, Value, Value]): Range {
  const { from, to, step } = resolveBounds(Number(range.length), bounds);
  const start = range.start + BigInt(from) * range.step;
  return new Range(start, range.start + BigInt(to) * range.step, range.step * BigInt(step));
}

interface Bounds {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

function resolveBounds(size: number, [from, to, step]: readonly [Value, Value, Value]): Bounds {
  const by = step === null ? 1 : index(step);
  if (by === 0) throw outOfBound(0);
  const low = by > 0 ? 0 : -1;
  const high = by > 0 ? size : size - 1;
  const clamp = (value: Value, missing: number) => {
    if (value === null) return missing;
    const at = index(value);
    return Math.min(Math.max(at < 0 ? at + size : at, low), high);
  };
  return { from: clamp(from, by > 0 ? 0 : size - 1), to: clamp(to, by > 0 ? size : -1), step: by };
}

/** The place that an index means in something of this size; negative ones count from the end. */
export function resolveIndex(value: Value, size: number): number {
  const at = index(value);
  const resolved = at < 0 ? at + size : at;
  if (resolved < 0 || resolved >= size) throw outOfBound(at);
  return resolved;
}

/** An int as a number; throws for other types. */
export function index(value: Value): number {
  if (typeof value !== "bigint") {
    throw new OperationError(`Type of parameters mismatch, expected \`int\`, actual \`${typeName(value)}\``);
  }
  return Number(value);
}

/** An index that hits nothing. */
export function outOfBound(at: number): OperationError {
  return new OperationError(`Index \`${at}\` is out of bound`);
}

/** An operation that a type does not have. */
export function unsupported(operation: string, value: Value): OperationError {
  return new OperationError(`Operation \`${operation}\` not supported on type \`${typeName(value)}\``);
}
