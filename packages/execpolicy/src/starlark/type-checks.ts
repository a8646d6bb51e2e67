/** Tests of a value's type, for annotations and for the parameters of builtins. */

import { Closure, Builtin, Dict, List, Range, Tuple, type TypeCheck, type Value } from "./values.js";

/** Types by the names that they have in annotations. */
export const BUILTIN_TYPES: ReadonlyMap<string, TypeCheck> = new Map(
  (
    [
      ["None", (value) => value === null],
      ["bool", (value) => typeof value === "boolean"],
      ["int", (value) => typeof value === "bigint"],
      ["float", (value) => typeof value === "number" || typeof value === "bigint"],
      ["str", (value) => typeof value === "string"],
      ["list", (value) => value instanceof List],
      ["tuple", (value) => value instanceof Tuple],
      ["dict", (value) => value instanceof Dict],
      ["range", (value) => value instanceof Range],
      ["function", (value) => value instanceof Closure || value instanceof Builtin],
    ] satisfies [string, (value: Value) => boolean][]
  ).map(([text, accepts]): [string, TypeCheck] => [text, { text, accepts }]),
);

/** `a | b`. */
export function anyOf(checks: readonly TypeCheck[]): TypeCheck {
  const text = checks.map((check) => check.text).join(" | ");
  return { text, accepts: (value) => checks.some((check) => check.accepts(value)) };
}

/** `list[item]`. */
export function listOf(item: TypeCheck): TypeCheck {
  return { text: `list[${item.text}]`, accepts: (value) => value instanceof List && value.items.every(item.accepts) };
}

/** `dict[key, value]`. */
export function dictOf(key: TypeCheck, item: TypeCheck): TypeCheck {
  return {
    text: `dict[${key.text}, ${item.text}]`,
    accepts: (value) =>
      value instanceof Dict &&
      value.entries.values().every((entry) => key.accepts(entry.key) && item.accepts(entry.value)),
  };
}

/** `tuple[a, b]`, or `tuple[a, ...]` when it is open. */
export function tupleOf(items: readonly TypeCheck[], open: boolean): TypeCheck {
  const text = `tuple[${items.map((item) => item.text).join(", ")}${open ? ", ..." : ""}]`;
  const fits = (values: readonly Value[]) =>
    open
      ? values.every((value) => items[0]?.accepts(value))
      : values.length === items.length && values.every((value, index) => items[index]?.accepts(value));
  return { text, accepts: (value) => value instanceof Tuple && fits(value.items) };
}
