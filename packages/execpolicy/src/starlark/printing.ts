/** Values as text: `repr()` and `str()`. */

import { OperationError } from "./errors.js";
import { type Budget, MAX_VALUE_DEPTH } from "./limits.js";
import { Builtin, Closure, Dict, Ellipsis, HostObject, List, Range, Tuple, Iterator, type Value } from "./values.js";

/** `str(value)`: strings as they are, everything else as source. */
export function str(value: Value, budget: Budget): string {
  return typeof value === "string" ? value : repr(value, budget);
}

/** `repr(value)`: the value as one would write it in a source. */
export function repr(value: Value, budget: Budget, depth = 0): string {
  if (depth >= MAX_VALUE_DEPTH) throw new OperationError("value nested too deeply");
  const each = (items: readonly Value[]) => items.map((item) => repr(item, budget, depth + 1)).join(", ");
  budget.spend(1);
  const text = printed(value, each, budget, depth);
  budget.spendSize(text.length);
  return text;
}

function printed(value: Value, each: (items: readonly Value[]) => string, budget: Budget, depth: number): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return printFloat(value);
  if (typeof value === "string") return quote(value);
  if (value instanceof List) return `[${each(value.items)}]`;
  if (value instanceof Tuple) return value.items.length === 1 ? `(${each(value.items)},)` : `(${each(value.items)})`;
  if (value instanceof Dict) {
    const entries = [...value.entries.values()].map(
      (entry) => `${repr(entry.key, budget, depth + 1)}: ${repr(entry.value, budget, depth + 1)}`,
    );
    return `{${entries.join(", ")}}`;
  }
  if (value instanceof Range) return printRange(value);
  if (value instanceof Ellipsis) return "Ellipsis";
  if (value instanceof Iterator) return "iterator";
  if (value instanceof HostObject) return value.text;
  if (value instanceof Closure) return value.signature.name;
  return value instanceof Builtin ? value.name : "";
}

function printRange({ start, stop, step }: Range): string {
  if (step !== 1n) return `range(${start}, ${stop}, ${step})`;
  return start === 0n ? `range(${stop})` : `range(${start}, ${stop})`;
}

/** Short floats in full with a decimal point, large ones with an exponent and six digits. */
export function printFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "+inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-6) return exponential(value, 6, true);
  const text = value.toString();
  if (text.includes("e")) return value.toFixed(20).replace(/0+$/, "");
  return text.includes(".") ? text : `${text}.0`;
}

/** `1.5e+08`: at least two exponent digits, as in C. */
export function exponential(value: number, digits: number, shorten: boolean): string {
  const [mantissa = "", exponent = "+0"] = value.toExponential(digits).split("e");
  const short = shorten && mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  return `${short}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, "0")}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  '"': '\\"',
  "\\": "\\\\",
};

/** A string in double quotes with everything outside printable ASCII escaped. */
function quote(text: string): string {
  const escaped = text.replace(/["\\\p{Cc}]|[^\x20-\x7e]/gu, (character) => ESCAPES[character] ?? hex(character));
  return `"${escaped}"`;
}

function hex(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}
