/** Looks up the methods of values. */

import { OperationError } from "./errors.js";
import { CONTAINER_METHODS } from "./container-methods.js";
import { signature } from "./parameters.js";
import { STRING_METHODS } from "./string-methods.js";
import { suggest } from "./suggest.js";
import { Builtin, Dict, List, type Method, typeName, type Value } from "./values.js";

/** `object.name`, a function that remembers its object. Throws when there is no such method. */
export function findMethod(object: Value, name: string): Builtin {
  const found = lookUp(object, name);
  if (found !== null) return found;
  const close = suggest(name, methodNames(object));
  const hint = close === null ? "" : `, did you mean \`${close}\`?`;
  throw new OperationError(`Object of type \`${typeName(object)}\` has no attribute \`${name}\`${hint}`);
}

/** Does the object have such a method? */
export function hasMethod(object: Value, name: string): boolean {
  return lookUp(object, name) !== null;
}

/** The names of an object's methods, sorted. */
export function methodNames(object: Value): string[] {
  if (typeof object === "string") return [...STRING_METHODS.keys()].sort();
  if (object instanceof List) return [...CONTAINER_METHODS.list.keys()].sort();
  return object instanceof Dict ? [...CONTAINER_METHODS.dict.keys()].sort() : [];
}

function lookUp(object: Value, name: string): Builtin | null {
  if (typeof object === "string") return bound(object, name, STRING_METHODS.get(name));
  if (object instanceof List) return bound(object, name, CONTAINER_METHODS.list.get(name));
  return object instanceof Dict ? bound(object, name, CONTAINER_METHODS.dict.get(name)) : null;
}

function bound<Self extends Value>(self: Self, name: string, method: Method<Self> | undefined): Builtin | null {
  if (method === undefined) return null;
  return new Builtin(name, signature(name, method.parameters), (args, host) => method.run(self, args, host));
}
