/** Tests of a value's type, for annotations and for the parameters of builtins. */

import type { Budget } from "./limits.js";
import { Closure, Builtin, Dict, type Entry, List, Range, Tuple, type TypeCheck, type Value } from "./values.js";

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
  return { text, accepts: (value, budget) => checks.some((check) => check.accepts(value, budget)) };
}

/** `list[item]`. */
export function listOf(item: TypeCheck): TypeCheck {
  return {
    text: `list[${item.text}]`,
    accepts: (value, budget) => value instanceof List && all(item, value.items, budget),
  };
}

function all(check: TypeCheck, values: readonly Value[], budget: Budget): boolean {
  budget.spend(values.length);
  return values.every((value) => check.accepts(value, budget));
}

/** `dict[key, value]`. */
export function dictOf(key: TypeCheck, item: TypeCheck): TypeCheck {
  const fits = (entries: readonly Entry[], budget: Budget) =>
    all(
      key,
      entries.map((entry) => entry.key),
      budget,
    ) &&
    all(
      item,
      entries.map((entry) => entry.value),
      budget,
    );
  return {
    text: `dict[${key.text}, ${item.text}]`,
    accepts: (value, budget) => value instanceof Dict && fits([...value.entries.values()], budget),
  };
}

/** `tuple[a, b]`, or `tuple[a, ...]` when it is open. */
export function tupleOf(items: readonly TypeCheck[], open: boolean): TypeCheck {
  const text = `tuple[${items.map((item) => item.text).join(", ")}${open ? ", ..." : ""}]`;
  const [first] = items;
  const fits = (values: readonly Value[], budget: Budget) => {
    if (open && first !== undefined) return all(first, values, budget);
    return values.length === items.length && values.every((value, index) => items[index]?.accepts(value, budget));
  };
  return { text, accepts: (value, budget) => value instanceof Tuple && fits(value.items, budget) };
}
