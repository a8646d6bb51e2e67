/** What edits mean, on JSON values: the measure that an edited text is held to. */

import type { Json } from "../toml/nodes.js";
import type { ConfigEdit } from "./plan.js";
import { isTableValue, presentEntries } from "./print.js";

/** The value after one edit; the given one stays as it is. */
export function applyToJson(root: Json, edit: ConfigEdit): Json {
  return apply(root, edit.path, edit.kind === "set" ? edit.value : undefined);
}

/** `over` laid over `under`: tables key by key, everything else replaced, nulls taken away. */
export function mergeJson(under: Json | undefined, over: Json): Json {
  if (!isTableValue(over) || !isTableValue(under)) {
    return over;
  }
  const merged = { ...under };
  for (const [key, value] of Object.entries(over)) {
    define(merged, key, mergeJson(Object.hasOwn(merged, key) ? merged[key] : undefined, value));
  }
  return merged;
}

/** Whether two values are the same; the order of keys does not count. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return Object.is(a, b) || (a === 0 && b === 0);
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameJson(item, b[index]))
    );
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}

/** Without nulls and without tables that hold nothing. */
export function prune(value: Json): Json {
  if (Array.isArray(value)) {
    return value.filter((item) => item !== null).map(prune);
  }
  if (!isTableValue(value)) {
    return value;
  }
  const kept = presentEntries(value)
    .map(([key, item]): [string, Json] => [key, prune(item)])
    .filter(([, item]) => !isTableValue(item) || Object.keys(item).length > 0);
  return Object.fromEntries(kept);
}

function apply(value: Json | undefined, path: ConfigEdit["path"], replacement: Json | undefined): Json {
  const [part, ...rest] = path;
  if (part === undefined) {
    return replacement ?? null;
  }
  if (typeof part === "number") {
    const items = Array.isArray(value) ? [...value] : [];
    if (replacement === undefined && rest.length === 0) {
      items.splice(part, 1);
    } else if (replacement !== undefined || part < items.length) {
      items[part] = apply(items[part], rest, replacement);
    }
    return items;
  }
  const table = isTableValue(value) ? { ...value } : {};
  if (replacement === undefined && !Object.hasOwn(table, part)) {
    return value ?? null;
  }
  if (replacement === undefined && rest.length === 0) {
    delete table[part];
  } else {
    define(table, part, apply(Object.hasOwn(table, part) ? table[part] : undefined, rest, replacement));
  }
  return table;
}

/** Sets a key that may be called `__proto__`. */
function define(table: { [key: string]: Json }, key: string, value: Json): void {
  Object.defineProperty(table, key, { value, enumerable: true, configurable: true, writable: true });
}
