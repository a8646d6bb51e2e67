/** Type annotations as tests of values. */

import { OperationError } from "./errors.js";
import { unsupported } from "./iterating.js";
import { BUILTIN_TYPES, tupleOf, anyOf, dictOf, listOf } from "./type-checks.js";
import type { Expression } from "./syntax.js";
import type { TypeCheck } from "./values.js";

/** Reads an annotation such as `list[str] | None`. Throws for what is no type. */
export function typeCheck(annotation: Expression): TypeCheck {
  switch (annotation.kind) {
    case "name":
      return named(annotation.name);
    case "chain":
      return anyOf([annotation.first, ...annotation.rest.map((link) => link.operand)].map(typeCheck));
    case "index":
      return parameterised(annotation.object, annotation.index);
    case "list":
      throw notAType("list expression");
    case "tuple":
      throw notAType("tuple expression");
    case "dict":
      throw notAType("dict expression");
    default:
      throw notAType(annotation.kind);
  }
}

function named(name: string): TypeCheck {
  const check = BUILTIN_TYPES.get(name);
  if (check === undefined) throw new OperationError(`Type \`${name}\` is not known`);
  return check;
}

function parameterised(container: Expression, index: Expression): TypeCheck {
  const parameters = index.kind === "tuple" ? index.items : [index];
  const [first, second] = parameters;
  const name = container.kind === "name" ? container.name : "";
  if (first === undefined) throw unsupported("[]", null);
  if (name === "list" && second === undefined) return listOf(typeCheck(first));
  if (name === "dict" && second !== undefined && parameters.length === 2)
    return dictOf(typeCheck(first), typeCheck(second));
  if (name === "tuple") {
    const open = second?.kind === "ellipsis";
    return tupleOf((open ? [first] : parameters).map(typeCheck), open);
  }
  throw new OperationError(`Type \`${name}\` does not take these parameters`);
}

function notAType(what: string): OperationError {
  return new OperationError(`${what} is not allowed in type expression`);
}
