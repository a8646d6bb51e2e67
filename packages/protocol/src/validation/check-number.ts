/** Checks numbers against the ranges that the wire declares. */

import type { Check } from "./check.js";
import { outOfRange, wrongType } from "./wire-format-error.js";

/** Inclusive bounds, and the name that messages use. 64-bit bounds are rounded to the nearest number there is. */
const integers: Record<string, { least: number; most: number; name: string }> = {
  uint16: { least: 0, most: 65_535, name: "u16" },
  uint32: { least: 0, most: 4_294_967_295, name: "u32" },
  uint64: { least: 0, most: 2 ** 64, name: "u64" },
  uint: { least: 0, most: 2 ** 64, name: "usize" },
  int32: { least: -(2 ** 31), most: 2 ** 31 - 1, name: "i32" },
  int64: { least: -(2 ** 63), most: 2 ** 63, name: "i64" },
};

/** @param format as in {@link WireSchema.format}; anything else accepts every number */
export function checkNumber(format: string | undefined): Check {
  const range = integers[format ?? ""];
  if (range === undefined) return anyNumber;
  const { least, most, name } = range;
  return (value) => {
    if (typeof value !== "number") throw wrongType(value, name);
    if (!Number.isInteger(value)) throw wrongType(value, name);
    if (value < least || value > most) throw outOfRange(value, name);
    return value;
  };
}

function anyNumber(value: unknown): unknown {
  if (typeof value !== "number") throw wrongType(value, "f64");
  return value;
}
