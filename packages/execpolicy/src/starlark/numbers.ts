/** Numbers from text and characters from numbers, as the conversion functions do it. */

import { OperationError } from "./errors.js";
import type { Value } from "./values.js";

const PREFIXES: Readonly<Record<string, number>> = { "0x": 16, "0o": 8, "0b": 2 };
const MOST_DIGITS = 30_000;

/** `int(text, base)`: a sign, an optional prefix that fits the base, digits. Base 0 follows the prefix. */
export function parseInteger(text: string, base: number): bigint {
  if (base !== 0 && (base < 2 || base > 36)) {
    throw new OperationError(`${base} is not a valid base, int() base must be >= 2 and <= 36`);
  }
  const bad = new OperationError(`Cannot parse \`${text}\` as an integer in base ${base}`);
  if (text.length > MOST_DIGITS) throw bad;
  const [, sign = "", unsigned = ""] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  const prefixed = PREFIXES[unsigned.slice(0, 2).toLowerCase()];
  const takesPrefix = prefixed !== undefined && (base === 0 || base === prefixed);
  const digits = takesPrefix ? unsigned.slice(2) : unsigned;
  const radix = base === 0 ? (prefixed ?? 10) : base;
  if (base === 0 && !takesPrefix && /^0[0-9]/.test(digits)) throw bad;
  if (digits === "") throw bad;
  let value = 0n;
  for (const digit of digits.toLowerCase()) {
    const amount = "0123456789abcdefghijklmnopqrstuvwxyz".indexOf(digit);
    if (amount < 0 || amount >= radix) throw bad;
    value = value * BigInt(radix) + BigInt(amount);
  }
  return sign === "-" ? -value : value;
}

/** `float(text)`. */
export function parseFloatText(text: string): number {
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (special !== null) {
    if (special[2]?.toLowerCase() === "nan") return Number.NaN;
    return special[1] === "-" ? -Infinity : Infinity;
  }
  if (!/^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(text)) {
    throw new OperationError(`string is not a valid number: ${text}`);
  }
  return Number(text);
}

/** `chr(number)`. */
export function characterAt(value: Value): string {
  const code = Number(value);
  if (code < 0) throw new OperationError(`chr() parameter value negative integer ${String(value)}`);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    throw new OperationError(`chr() parameter value is 0x${code.toString(16)} which is not a valid UTF-8 codepoint`);
  }
  return String.fromCodePoint(code);
}

/** `ord(character)`. */
export function codeOf(text: string): bigint {
  const [first, ...more] = text.slice(0, 3);
  const code = text.codePointAt(0);
  if (first === undefined || code === undefined || (more.length > 0 && String.fromCodePoint(code) !== text)) {
    throw new OperationError("ord() expect string with length 1 Unicode codepoint");
  }
  return BigInt(code);
}

/** `hash(text)`: the polynomial that Java uses, over UTF-16 units, as 32 signed bits. */
export function hashCode(text: string): bigint {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return BigInt(hash);
}
