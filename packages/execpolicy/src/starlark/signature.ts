/** Binds a call's arguments to a function's parameters. */

import { OperationError } from "./errors.js";
import type { Budget } from "./limits.js";
import { newDict } from "./dicts.js";
import { repr, str } from "./printing.js";
import {
  Dict,
  type Signature,
  type SignatureParameter,
  Tuple,
  type TypeCheck,
  typeName,
  type Value,
} from "./values.js";

/** A call's arguments after `*` and `**` are spread. */
export interface CallArguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

/** Arguments by parameter name. Throws when they do not fit: first for what is missing, then for what is too much. */
export function bind(signature: Signature, args: CallArguments, budget: Budget): Map<string, Value> {
  const bound = new Map<string, Value>();
  const extra = { positional: bindPositional(signature, args, bound), named: bindNamed(signature, args, bound) };
  for (const parameter of signature.parameters) complete(signature, parameter, bound);
  collect(signature, extra, bound, budget);
  for (const parameter of signature.parameters) checkType(signature, parameter, bound.get(parameter.name), budget);
  return bound;
}

/** Returns the values that found no parameter. */
function bindPositional(signature: Signature, args: CallArguments, bound: Map<string, Value>): readonly Value[] {
  const slots = signature.parameters.filter(({ form }) => form === "positional" || form === "both");
  for (const [index, { name }] of slots.entries()) {
    const value = args.positional[index];
    if (value !== undefined) bound.set(name, value);
  }
  return args.positional.slice(slots.length);
}

/** Returns the arguments that found no parameter. */
function bindNamed({ parameters }: Signature, args: CallArguments, bound: Map<string, Value>): [string, Value][] {
  const slots = parameters.filter(({ form }) => form === "both" || form === "named");
  const names = new Set(slots.map(({ name }) => name));
  const extra: [string, Value][] = [];
  for (const [name, value] of args.named) {
    if (!names.has(name)) extra.push([name, value]);
    else if (bound.has(name)) throw new OperationError(`Argument \`${name}\` occurs more than once`);
    else bound.set(name, value);
  }
  return extra;
}

function complete(signature: Signature, parameter: SignatureParameter, bound: Map<string, Value>): void {
  const { name, form, required } = parameter;
  if (bound.has(name)) return;
  if (parameter.default !== undefined) bound.set(name, parameter.default);
  else if (required) {
    const kind = form === "named" ? "named-only parameter" : "parameter";
    throw new OperationError(`Missing ${kind} \`${name}\` for call to \`${signature.name}\``);
  }
}

/** Puts what is left over into `*rest` and `**rest`, or refuses it. */
function collect(
  { name, parameters }: Signature,
  extra: { readonly positional: readonly Value[]; readonly named: readonly [string, Value][] },
  bound: Map<string, Value>,
  budget: Budget,
): void {
  const rest = parameters.find(({ form }) => form === "rest");
  const restNamed = parameters.find(({ form }) => form === "restNamed");
  if (rest !== undefined) bound.set(rest.name, new Tuple(extra.positional));
  else if (extra.positional.length > 0) {
    throw new OperationError(`Found ${extra.positional.length} extra positional argument(s) for call to ${name}`);
  }
  if (restNamed !== undefined) bound.set(restNamed.name, newDict(extra.named, budget));
  else if (extra.named.length > 0) {
    const names = extra.named.map(([argument]) => `\`${argument}\``).join(" ");
    throw new OperationError(`Found ${names} extra named parameter(s) for call to ${name}`);
  }
}

/** Builtins and functions of the source word a wrong type differently. */
function checkType(
  signature: Signature,
  { name, type }: SignatureParameter,
  value: Value | undefined,
  budget: Budget,
): void {
  if (value === undefined || type === null || type.accepts(value, budget)) return;
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

/** Adds a dict's entries to named arguments, as `**dict` in a call does. */
export function spreadNamed(value: Value, named: Map<string, Value>): void {
  if (!(value instanceof Dict)) throw new OperationError("The argument provided for **kwargs is not a dictionary");
  for (const { key, value: item } of value.entries.values()) {
    if (typeof key !== "string") throw new OperationError("The argument provided for **kwargs has non-string keys");
    if (named.has(key)) throw new OperationError(`Argument \`${key}\` occurs more than once`);
    named.set(key, item);
  }
}
