/** Binds a call's arguments to a function's parameters. */

import { OperationError } from "./errors.js";
import type { Budget } from "./limits.js";
import { newDict } from "./dicts.js";
import { repr, str } from "./printing.js";
import { type Signature, type SignatureParameter, Tuple, type TypeCheck, typeName, type Value } from "./values.js";

/** A call's arguments after `*` and `**` are spread. */
export interface CallArguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

/** Arguments by parameter name. Throws when they do not fit. */
export function bind(signature: Signature, args: CallArguments, budget: Budget): Map<string, Value> {
  const bound = new Map<string, Value>();
  const { parameters } = signature;
  const slots = parameters.filter(({ form }) => form === "positional" || form === "both");
  for (const [index, slot] of slots.entries()) {
    const value = args.positional[index];
    if (value !== undefined) bound.set(slot.name, value);
  }
  const extra = args.positional.slice(slots.length);
  const rest = parameters.find(({ form }) => form === "rest");
  if (rest !== undefined) bound.set(rest.name, new Tuple(extra));
  else if (extra.length > 0) {
    throw new OperationError(`Found ${extra.length} extra positional argument(s) for call to ${signature.name}`);
  }
  bindNamed(signature, args.named, bound, budget);
  for (const parameter of parameters) complete(signature, parameter, bound, budget);
  return bound;
}

function bindNamed(
  signature: Signature,
  named: ReadonlyMap<string, Value>,
  bound: Map<string, Value>,
  budget: Budget,
): void {
  const byName = new Set(
    signature.parameters.filter(({ form }) => form === "both" || form === "named").map(({ name }) => name),
  );
  const extra: [string, Value][] = [];
  for (const [name, value] of named) {
    if (!byName.has(name)) extra.push([name, value]);
    else if (bound.has(name)) throw new OperationError(`Argument \`${name}\` occurs more than once`);
    else bound.set(name, value);
  }
  const rest = signature.parameters.find(({ form }) => form === "restNamed");
  if (rest !== undefined) bound.set(rest.name, newDict(extra, budget));
  else if (extra.length > 0) {
    const names = extra.map(([name]) => `\`${name}\``).join(" ");
    throw new OperationError(`Found ${names} extra named parameter(s) for call to ${signature.name}`);
  }
}

function complete(
  signature: Signature,
  parameter: SignatureParameter,
  bound: Map<string, Value>,
  budget: Budget,
): void {
  const value = bound.get(parameter.name);
  if (value !== undefined) return checkType(signature, parameter, value, budget);
  if (parameter.default !== undefined) bound.set(parameter.name, parameter.default);
  else if (parameter.required) {
    const kind = parameter.form === "named" ? "named-only parameter" : "parameter";
    throw new OperationError(`Missing ${kind} \`${parameter.name}\` for call to \`${signature.name}\``);
  }
}

/** Builtins and functions of the source word a wrong type differently. */
function checkType(signature: Signature, { name, type }: SignatureParameter, value: Value, budget: Budget): void {
  if (type === null || type.accepts(value)) return;
  if (signature.fromSource) throw annotationMismatch(value, type, `argument \`${name}\``, budget);
  throw new OperationError(
    `Type of parameter \`${name}\` doesn't match, expected \`${type.text}\`, actual \`${typeName(value)} (repr: ${repr(value, budget)})\``,
  );
}

/** A value that an annotation does not allow. */
export function annotationMismatch(value: Value, type: TypeCheck, place: string, budget: Budget): OperationError {
  const shown = str(value, budget);
  return new OperationError(
    `Value \`${shown}\` of type \`${typeName(value)}\` does not match the type annotation \`${type.text}\` for ${place}`,
  );
}
