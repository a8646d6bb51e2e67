/** Operators on values: arithmetic, joining, membership, indexing. */

import { compare, equals } from "./comparing.js";
import { getEntry, newDict, setEntry } from "./dicts.js";
import { OperationError } from "./errors.js";
import { resolveIndex, toArray, unsupported } from "./iterating.js";
import { type Budget, MAX_INTEGER_BITS, MAX_SIZE } from "./limits.js";
import { formatPercent } from "./percent-format.js";
import { repr } from "./printing.js";
import type { BinaryOperator, CompareOperator } from "./syntax.js";
import { characterCount, characters, Dict, List, Range, sizeOf, truth, Tuple, typeName, type Value } from "./values.js";

/** `left operator right`. */
export function binary(operator: BinaryOperator, left: Value, right: Value, budget: Budget): Value {
  if (typeof left === "bigint" && typeof right === "bigint" && operator !== "/") return integers(operator, left, right);
  budget.spendSize(sizeOf(left) + sizeOf(right));
  if (isNumber(left) && isNumber(right)) {
    const result = floats(operator, Number(left), Number(right));
    if (result !== null) return result;
  }
  switch (operator) {
    case "+":
      return add(left, right);
    case "*":
      return multiply(left, right, budget);
    case "%":
      if (typeof left === "string") return formatPercent(left, right, budget);
      break;
    case "|":
      if (left instanceof Dict && right instanceof Dict) return union(left, right, budget);
      break;
    case "-":
    case "/":
    case "//":
    case "&":
    case "^":
    case "<<":
    case ">>":
      break;
  }
  throw mismatch(operator, left, right);
}

function isNumber(value: Value): value is bigint | number {
  return typeof value === "bigint" || typeof value === "number";
}

function integers(operator: Exclude<BinaryOperator, "/">, left: bigint, right: bigint): bigint {
  switch (operator) {
    case "+":
      return bounded(left + right);
    case "-":
      return bounded(left - right);
    case "*":
      return bounded(left * right);
    case "//":
      if (right === 0n) throw new OperationError(`Floor division by zero: ${left} // 0`);
      return left / right - (left % right !== 0n && left < 0n !== right < 0n ? 1n : 0n);
    case "%": {
      if (right === 0n) throw new OperationError(`Modulo by zero: ${left} % 0`);
      const rest = left % right;
      return rest !== 0n && rest < 0n !== right < 0n ? rest + right : rest;
    }
    case "&":
      return left & right;
    case "|":
      return left | right;
    case "^":
      return left ^ right;
    case "<<":
    case ">>":
      return shift(operator, left, right);
  }
}

function shift(operator: "<<" | ">>", left: bigint, right: bigint): bigint {
  if (right < 0n) throw new OperationError("Negative left shift".replace("left", operator === "<<" ? "left" : "right"));
  if (operator === ">>") return right > MAX_INTEGER_BITS ? (left < 0n ? -1n : 0n) : left >> right;
  if (left === 0n) return 0n;
  if (right > MAX_INTEGER_BITS) throw tooLarge();
  return bounded(left << right);
}

const LIMIT = 1n << BigInt(MAX_INTEGER_BITS);

function bounded(value: bigint): bigint {
  if (value > LIMIT || value < -LIMIT) throw tooLarge();
  return value;
}

function tooLarge(): OperationError {
  return new OperationError(`integer too large: more than ${MAX_INTEGER_BITS} bits`);
}

function floats(operator: BinaryOperator, left: number, right: number): number | null {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      if (right === 0) throw new OperationError(`Division by zero: ${left} / ${right}`);
      return left / right;
    case "//":
      if (right === 0) throw new OperationError(`Floor division by zero: ${left} // ${right}`);
      return Math.floor(left / right);
    case "%":
      if (right === 0) throw new OperationError(`Modulo by zero: ${left} % ${right}`);
      return left - right * Math.floor(left / right);
    default:
      return null;
  }
}

function add(left: Value, right: Value): Value {
  if (typeof left === "string" && typeof right === "string") return left + right;
  if (left instanceof List && right instanceof List) return new List([...left.items, ...right.items]);
  if (left instanceof Tuple && right instanceof Tuple) return new Tuple([...left.items, ...right.items]);
  throw mismatch("+", left, right);
}

function multiply(left: Value, right: Value, budget: Budget): Value {
  const times = typeof left === "bigint" ? left : right;
  const sequence = typeof left === "bigint" ? right : left;
  if (typeof times !== "bigint") throw mismatch("*", left, right);
  const count = Math.max(Number(times), 0);
  budget.spendSize(Math.min(sizeOf(sequence) * count, MAX_SIZE + 1));
  if (typeof sequence === "string") return sequence === "" ? "" : sequence.repeat(count);
  const repeated = (items: readonly Value[]) =>
    items.length === 0 ? [] : Array.from({ length: count }, () => items).flat();
  if (sequence instanceof List) return new List(repeated(sequence.items));
  if (sequence instanceof Tuple) return new Tuple(repeated(sequence.items));
  throw mismatch("*", left, right);
}

function union(left: Dict, right: Dict, budget: Budget): Dict {
  const entries = [...left.entries.values(), ...right.entries.values()];
  return newDict(
    entries.map(({ key, value }): [Value, Value] => [key, value]),
    budget,
  );
}

/** `-x`, `+x`, `~x`, `not x`. */
export function unary(operator: "+" | "-" | "~" | "not", operand: Value): Value {
  switch (operator) {
    case "not":
      return !truth(operand);
    case "+":
      if (isNumber(operand)) return operand;
      break;
    case "-":
      if (isNumber(operand)) return -operand;
      break;
    case "~":
      if (typeof operand === "bigint") return ~operand;
      break;
  }
  throw unsupported(operator, operand);
}

/** Comparisons and membership. */
export function test(operator: CompareOperator, left: Value, right: Value, budget: Budget): boolean {
  switch (operator) {
    case "==":
      return equals(left, right, budget);
    case "!=":
      return !equals(left, right, budget);
    case "<":
      return compare(left, right, budget) < 0;
    case ">":
      return compare(left, right, budget) > 0;
    case "<=":
      return compare(left, right, budget) <= 0;
    case ">=":
      return compare(left, right, budget) >= 0;
    case "in":
      return contains(right, left, budget);
    case "not in":
      return !contains(right, left, budget);
  }
}

function contains(container: Value, item: Value, budget: Budget): boolean {
  budget.spendSize(sizeOf(container));
  if (typeof container === "string") {
    if (typeof item !== "string") throw mismatch("in", item, container);
    return container.includes(item);
  }
  if (container instanceof Dict) return getEntry(container, item, budget) !== undefined;
  if (container instanceof Range) return inRange(container, item);
  if (container instanceof List || container instanceof Tuple) {
    return container.items.some((element) => equals(element, item, budget));
  }
  throw unsupported("in", container);
}

function inRange(range: Range, item: Value): boolean {
  if (typeof item !== "bigint") return false;
  const steps = (item - range.start) / range.step;
  return steps >= 0n && steps < range.length && range.start + steps * range.step === item;
}

/** `object[key]`. */
export function subscript(object: Value, key: Value, budget: Budget): Value {
  if (object instanceof List || object instanceof Tuple)
    return at(object.items, resolveIndex(key, object.items.length));
  if (object instanceof Dict) {
    const value = getEntry(object, key, budget);
    if (value === undefined) throw missingKey(key, budget);
    return value;
  }
  if (typeof object === "string") {
    budget.spendSize(object.length);
    return at(characters(object), resolveIndex(key, characterCount(object)));
  }
  if (object instanceof Range) {
    return object.start + BigInt(resolveIndex(key, Number(object.length))) * object.step;
  }
  throw unsupported(`[${repr(key, budget)}]`, object);
}

/** `object[key] = value`. */
export function setSubscript(object: Value, key: Value, value: Value, budget: Budget): void {
  if (object instanceof List) object.mutable()[resolveIndex(key, object.items.length)] = value;
  else if (object instanceof Dict) setEntry(object, key, value, budget);
  else throw new OperationError("Immutable");
}

/** `+=` on a list changes the list itself; null for everything that makes a new value. */
export function addInPlace(left: Value, right: Value, budget: Budget): Value | null {
  if (!(left instanceof List) || !(right instanceof List || right instanceof Tuple)) return null;
  for (const item of toArray(right, budget)) left.mutable().push(item);
  return left;
}

function at(items: readonly Value[], place: number): Value {
  return items[place] ?? null;
}

/** A dict without this key. */
export function missingKey(key: Value, budget: Budget): OperationError {
  return new OperationError(`Key \`${repr(key, budget)}\` was not found`);
}

function mismatch(operator: string, left: Value, right: Value): OperationError {
  return new OperationError(
    `Operation \`${operator}\` not supported for types \`${typeName(left)}\` and \`${typeName(right)}\``,
  );
}
