/** What expressions evaluate to. None is null, an int a bigint, a float a number; the rest are classes. */

import { OperationError } from "./errors.js";
import type { Budget } from "./limits.js";
import type { Definition } from "./syntax.js";

/** Any value of the language. */
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | List
  | Tuple
  | Dict
  | Range
  | Iterator
  | Closure
  | Builtin
  | Ellipsis
  | HostObject;

/** A list; it cannot be changed while a loop runs over it. */
export class List {
  readonly items: Value[];
  /** How many loops are running over it. */
  loops = 0;

  constructor(items: Value[]) {
    this.items = items;
  }

  /** The items, for changing them. */
  mutable(): Value[] {
    if (this.loops > 0) throw changedWhileIterating();
    return this.items;
  }
}

/** A list that never changes. */
export class Tuple {
  readonly items: readonly Value[];

  constructor(items: readonly Value[]) {
    this.items = items;
  }
}

/** A dict in insertion order. */
export class Dict {
  /** By the key's hash; see dicts.ts, which is the way to read and change them. */
  readonly entries = new Map<unknown, Entry>();
  /** How many loops are running over it. */
  loops = 0;

  /** The entries, for changing them. */
  mutable(): Map<unknown, Entry> {
    if (this.loops > 0) throw changedWhileIterating();
    return this.entries;
  }
}

/** A key of a dict with its value. */
export interface Entry {
  readonly key: Value;
  readonly value: Value;
}

function changedWhileIterating(): OperationError {
  return new OperationError("This operation mutate an iterable for an iterator while iterating.");
}

/** Integers from `start` towards `stop`, exclusive, in steps. */
export class Range {
  readonly start: bigint;
  readonly stop: bigint;
  readonly step: bigint;

  constructor(start: bigint, stop: bigint, step: bigint) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  /** How many integers it holds. */
  get length(): bigint {
    const distance = this.step > 0n ? this.stop - this.start : this.start - this.stop;
    const step = this.step > 0n ? this.step : -this.step;
    return distance <= 0n ? 0n : (distance + step - 1n) / step;
  }
}

/** Values that can be looped over and nothing else, such as a string's characters. */
export class Iterator {
  readonly items: readonly Value[];

  constructor(items: readonly Value[]) {
    this.items = items;
  }
}

/** The value of `...`. */
export class Ellipsis {
  readonly kind = "ellipsis";
}

/** A value that only the host's functions understand; sources pass it along. */
export abstract class HostObject {
  /** What `type()` says. */
  abstract readonly typeName: string;
  /** What `repr()` says. */
  abstract readonly text: string;
}

/** A function defined in the source, with the variables it can see. */
export class Closure {
  readonly definition: Definition;
  readonly signature: Signature;
  readonly scope: Scope;
  readonly returns: TypeCheck | null;

  constructor(definition: Definition, signature: Signature, scope: Scope, returns: TypeCheck | null) {
    this.definition = definition;
    this.signature = signature;
    this.scope = scope;
    this.returns = returns;
  }
}

/** A function that the host provides. */
export class Builtin {
  readonly name: string;
  readonly signature: Signature;
  readonly run: (args: BoundArguments, host: Host) => Value;

  constructor(name: string, signature: Signature, run: (args: BoundArguments, host: Host) => Value) {
    this.name = name;
    this.signature = signature;
    this.run = run;
  }
}

/** A method: its parameters (see parameters.ts) and what it does with its object. */
export interface Method<Self> {
  readonly parameters: string;
  readonly run: (self: Self, args: BoundArguments, host: Host) => Value;
}

/** What a builtin may use of the run it is part of. */
export interface Host {
  readonly budget: Budget;
  /** Calls a function with positional arguments, as `sorted` does with its key. */
  readonly call: (callee: Value, args: readonly Value[]) => Value;
  /** The line, counted from 1, of the call in the source that led here. */
  readonly line: () => number;
}

/** Variables of a module, a function call or a comprehension. */
export interface Scope {
  readonly declared: ReadonlySet<string>;
  readonly values: Map<string, Value>;
  readonly parent: Scope | null;
}

/** What a function takes. */
export interface Signature {
  /** The function's name in messages. */
  readonly name: string;
  readonly parameters: readonly SignatureParameter[];
  /** Was it defined in the source, or is it a builtin? */
  readonly fromSource: boolean;
}

/** One parameter; `rest` and `restNamed` collect what is left over. */
export interface SignatureParameter {
  readonly name: string;
  readonly form: "positional" | "both" | "named" | "rest" | "restNamed";
  /** undefined: the parameter may be left out and then has no value. */
  readonly default: Value | undefined;
  readonly required: boolean;
  readonly type: TypeCheck | null;
}

/** A test that values must pass, with its name in messages. */
export interface TypeCheck {
  readonly text: string;
  readonly accepts: (value: Value, budget: Budget) => boolean;
}

/** Arguments by parameter name; what was left out and has no default is missing. */
export type BoundArguments = ReadonlyMap<string, Value>;

/** A value's type as `type()` and messages name it. */
export function typeName(value: Value): string {
  if (value === null) return "NoneType";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "bigint") return "int";
  if (typeof value === "number") return "float";
  if (typeof value === "string") return "string";
  if (value instanceof List) return "list";
  if (value instanceof Tuple) return "tuple";
  if (value instanceof Dict) return "dict";
  if (value instanceof Range) return "range";
  if (value instanceof Iterator) return "iterator";
  if (value instanceof Ellipsis) return "ellipsis";
  if (value instanceof HostObject) return value.typeName;
  return "function";
}

/** Does a value count as true in a condition? */
export function truth(value: Value): boolean {
  if (value === null || typeof value === "boolean") return value ?? false;
  if (typeof value === "bigint") return value !== 0n;
  if (typeof value === "number") return value !== 0;
  if (typeof value === "string") return value !== "";
  if (value instanceof List || value instanceof Tuple) return value.items.length > 0;
  if (value instanceof Dict) return value.entries.size > 0;
  if (value instanceof Range) return value.length > 0n;
  return true;
}

/** The characters of a string, which are code points. */
export function characters(text: string): string[] {
  return Array.from(text);
}

/** How many characters a string has. */
export function characterCount(text: string): number {
  let pairs = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00) pairs += 1;
  }
  return text.length - pairs;
}

/** Elements or characters that a value holds itself: what handling it once costs. */
export function sizeOf(value: Value): number {
  if (typeof value === "string") return value.length;
  if (value instanceof List || value instanceof Tuple || value instanceof Iterator) return value.items.length;
  if (value instanceof Dict) return value.entries.size;
  return 1;
}
