/** Reading and changing dicts by key. */

import { hashKey } from "./comparing.js";
import type { Budget } from "./limits.js";
import { Dict, type Value } from "./values.js";

/** A dict with these keys and values; later ones win. */
export function newDict(entries: Iterable<readonly [Value, Value]>, budget: Budget): Dict {
  const dict = new Dict();
  for (const [key, value] of entries) setEntry(dict, key, value, budget);
  return dict;
}

/** The value of a key; undefined when there is none. */
export function getEntry(dict: Dict, key: Value, budget: Budget): Value | undefined {
  return dict.entries.get(hashKey(key, budget))?.value;
}

/** Sets a key, which keeps its place when it exists. */
export function setEntry(dict: Dict, key: Value, value: Value, budget: Budget): void {
  budget.spend(2);
  const hash = hashKey(key, budget);
  dict.mutable().set(hash, { key: dict.entries.get(hash)?.key ?? key, value });
}

/** Takes a key out and returns its value; undefined when there is none. */
export function removeEntry(dict: Dict, key: Value, budget: Budget): Value | undefined {
  const hash = hashKey(key, budget);
  const value = dict.entries.get(hash)?.value;
  dict.mutable().delete(hash);
  return value;
}
