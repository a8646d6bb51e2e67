/** Reads variables through the scopes that can see them. */

import { OperationError } from "./errors.js";
import type { Scope, Value } from "./values.js";

/** The innermost variable of this name. Throws when it has no value yet. */
export function lookUp(name: string, scope: Scope): Value {
  for (let current: Scope | null = scope; current !== null; current = current.parent) {
    if (!current.declared.has(name)) continue;
    const value = current.values.get(name);
    if (value !== undefined) return value;
    throw new OperationError(`Local variable \`${name}\` referenced before assignment`);
  }
  throw new OperationError(`Variable \`${name}\` not found`);
}
