/** `"..." % values`. */

import { OperationError } from "./errors.js";
import { unsupported } from "./iterating.js";
import type { Budget } from "./limits.js";
import { exponential, printFloat, repr, str } from "./printing.js";
import { Tuple, type Value } from "./values.js";

/** Fills the `%` places of a text; a tuple gives one value for each, anything else is the only value. */
export function formatPercent(template: string, values: Value, budget: Budget): string {
  const items = values instanceof Tuple ? values.items : [values];
  let used = 0;
  const result = template.replace(/%(?:(.)|$)/gsu, (_, conversion: string | undefined) => {
    if (conversion === undefined) throw new OperationError("Incomplete format");
    if (conversion === "%") return "%";
    if (!"srdoxXeEfFgG".includes(conversion)) {
      throw new OperationError(`Unsupported format character: '${conversion}'`);
    }
    const item = items[used];
    if (item === undefined) throw new OperationError("Not enough arguments for format string");
    used += 1;
    const text = formatOne(conversion, item, budget);
    budget.spendSize(text.length);
    return text;
  });
  if (used < items.length) throw new OperationError("Too many arguments for format string");
  return result;
}

function formatOne(conversion: string, item: Value, budget: Budget): string {
  switch (conversion) {
    case "s":
      return str(item, budget);
    case "r":
      return repr(item, budget);
    case "d":
      return String(typeof item === "number" && Number.isFinite(item) ? BigInt(Math.trunc(item)) : integer("d", item));
    case "o":
      return integer(conversion, item).toString(8);
    case "x":
      return integer(conversion, item).toString(16);
    case "X":
      return integer(conversion, item).toString(16).toUpperCase();
    default:
      return formatFloat(conversion, item);
  }
}

function integer(conversion: string, item: Value): bigint {
  if (typeof item !== "bigint") throw unsupported(`format(%${conversion})`, item);
  return item;
}

function formatFloat(conversion: string, item: Value): string {
  if (typeof item !== "number" && typeof item !== "bigint") throw unsupported(`format(%${conversion})`, item);
  const value = Number(item);
  const text = Number.isFinite(value) ? formatFinite(conversion.toLowerCase(), value) : printFloat(value);
  return conversion === conversion.toUpperCase() ? text.toUpperCase() : text;
}

function formatFinite(conversion: string, value: number): string {
  switch (conversion) {
    case "e":
      return exponential(value, 6, false);
    case "f":
      return value.toFixed(6);
    default:
      return printFloat(value);
  }
}
