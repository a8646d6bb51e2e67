/** Equality, order and keys of values. */

import { OperationError } from "./errors.js";
import { type Budget, MAX_VALUE_DEPTH } from "./limits.js";
import {
  Closure,
  Builtin,
  Dict,
  Ellipsis,
  HostObject,
  Iterator,
  List,
  Range,
  Tuple,
  typeName,
  type Value,
} from "./values.js";

/** `a == b`. Numbers compare by value, everything else only with its own type. */
export function equals(a: Value, b: Value, budget: Budget, depth = 0): boolean {
  if (a === b) return true;
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b) === 0;
  if (typeof a === "string" && typeof b === "string") {
    budget.spendSize(Math.min(a.length, b.length));
    return false;
  }
  guard(depth);
  if (a instanceof List) return b instanceof List && equalItems(a.items, b.items, budget, depth);
  if (a instanceof Tuple) return b instanceof Tuple && equalItems(a.items, b.items, budget, depth);
  if (a instanceof Dict) return b instanceof Dict && equalDicts(a, b, budget, depth);
  if (a instanceof Range && b instanceof Range) return equalRanges(a, b);
  return false;
}

function equalItems(a: readonly Value[], b: readonly Value[], budget: Budget, depth: number): boolean {
  if (a.length !== b.length) return false;
  budget.spend(a.length);
  return a.every((item, index) => equals(item, b[index] ?? null, budget, depth + 1));
}

function equalDicts(a: Dict, b: Dict, budget: Budget, depth: number): boolean {
  if (a.entries.size !== b.entries.size) return false;
  budget.spend(a.entries.size);
  for (const [hash, { value }] of a.entries) {
    const other = b.entries.get(hash);
    if (other === undefined || !equals(value, other.value, budget, depth + 1)) return false;
  }
  return true;
}

function equalRanges(a: Range, b: Range): boolean {
  if (a.length !== b.length) return false;
  return a.length === 0n || (a.start === b.start && (a.length === 1n || a.step === b.step));
}

/** Negative when `a` comes before `b`, positive when after. Throws for types without an order between them. */
export function compare(a: Value, b: Value, budget: Budget, depth = 0): number {
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b);
  if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b);
  if (typeof a === "string" && typeof b === "string") {
    budget.spendSize(Math.min(a.length, b.length));
    return compareStrings(a, b);
  }
  guard(depth);
  const bothLists = a instanceof List && b instanceof List;
  if (bothLists) return compareItems(a.items, b.items, budget, depth);
  if (a instanceof Tuple && b instanceof Tuple) return compareItems(a.items, b.items, budget, depth);
  throw new OperationError(`Operation \`compare\` not supported for types \`${typeName(a)}\` and \`${typeName(b)}\``);
}

function compareItems(a: readonly Value[], b: readonly Value[], budget: Budget, depth: number): number {
  for (const [index, item] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    budget.spend(1);
    const order = compare(item, other, budget, depth + 1);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** By code points, as UTF-8 bytes would. */
export function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left === right) continue;
    const surrogates = Number(isSurrogate(left)) - Number(isSurrogate(right));
    return surrogates === 0 ? left - right : surrogates;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function isNumber(value: Value): value is bigint | number {
  return typeof value === "bigint" || typeof value === "number";
}

/** NaN equals itself and comes last, so that sorting has an answer. */
function compareNumbers(a: bigint | number, b: bigint | number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A key for a Map that is the same for equal values. Throws for values that can change.
 * Texts carry their kind in front, so that `1`, `"1"` and `("1",)` stay apart.
 */
export function hashKey(value: Value, budget: Budget, depth = 0): unknown {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return `s${value}`;
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value;
  if (value instanceof Closure || value instanceof Builtin || value instanceof Ellipsis || value instanceof HostObject)
    return value;
  if (value instanceof Tuple) {
    guard(depth);
    budget.spend(value.items.length + 1);
    return `t${value.items.map((item) => itemKey(item, budget, depth)).join("")}`;
  }
  if (value instanceof Range) return `r${value.start},${value.stop},${value.step}`;
  if (value instanceof List || value instanceof Dict || value instanceof Iterator) {
    throw new OperationError(`Value of type \`${typeName(value)}\` is not hashable`);
  }
  return value;
}

const objectNumbers = new WeakMap<object, number>();
let lastObjectNumber = 0;

/** A tuple's item as text with its length in front, so that neighbours cannot run together. */
function itemKey(item: Value, budget: Budget, depth: number): string {
  const key = hashKey(item, budget, depth + 1);
  const text = typeof key === "object" && key !== null ? `o${objectNumber(key)}` : `${typeof key}${String(key)}`;
  budget.spendSize(text.length);
  return `${text.length}:${text}`;
}

function objectNumber(object: object): number {
  const known = objectNumbers.get(object);
  if (known !== undefined) return known;
  lastObjectNumber += 1;
  objectNumbers.set(object, lastObjectNumber);
  return lastObjectNumber;
}

function guard(depth: number): void {
  if (depth >= MAX_VALUE_DEPTH) throw new OperationError("value nested too deeply");
}
