/** Takes a command apart by one spec. */

import { MismatchError } from "./errors.js";
import {
  type ArgType,
  argType,
  type ExecCall,
  type MatchedArg,
  type OptionSpec,
  type PositionalArg,
  type ProgramSpec,
  type ValidExec,
} from "./exec-call.js";
import { bindPositional } from "./positional.js";

/** @throws MismatchError with the first thing that does not fit */
export function matchSpec(spec: ProgramSpec, call: ExecCall): ValidExec {
  const { flags, opts, positional } = readOptions(spec, call);
  const args = bindPositional(call.program, positional, spec.args).map(({ arg, matcher }): MatchedArg => {
    const type = argType(matcher);
    checkValue(type, arg.value);
    return { index: arg.index, type, value: arg.value };
  });
  checkRequired(spec, opts);
  return { program: spec.program, flags, opts, args, system_path: spec.systemPath };
}

interface ReadOptions {
  readonly flags: { name: string }[];
  readonly opts: { name: string; value: string; type: ArgType }[];
  readonly positional: PositionalArg[];
}

/** Left to right: an option's value is the next word, and `--opt=value` is never split. */
function readOptions(spec: ProgramSpec, { program, args }: ExecCall): ReadOptions {
  const result: ReadOptions = { flags: [], opts: [], positional: [] };
  let waiting: { option: OptionSpec; type: ArgType } | null = null;
  for (const [index, value] of args.entries()) {
    if (waiting !== null) {
      const { option, type }: { option: OptionSpec; type: ArgType } = waiting;
      if (value.startsWith("-")) {
        throw new MismatchError({ type: "OptionFollowedByOptionInsteadOfValue", program, option: option.name, value });
      }
      checkValue(type, value);
      result.opts.push({ name: option.name, value, type });
      waiting = null;
    } else if (value === "--") throw new MismatchError({ type: "DoubleDashNotSupportedYet", program });
    else if (!value.startsWith("-")) result.positional.push({ index, value });
    else {
      const option = spec.options.get(value);
      if (option === undefined) throw new MismatchError({ type: "UnknownOption", program, option: value });
      if (option.type === null) result.flags.push({ name: value });
      else waiting = { option, type: option.type };
    }
  }
  if (waiting !== null) throw new MismatchError({ type: "OptionMissingValue", program, option: waiting.option.name });
  return result;
}

function checkRequired({ program, options }: ProgramSpec, opts: readonly { readonly name: string }[]): void {
  const given = new Set(opts.map(({ name }) => name));
  const missing = [...options.values()].filter(({ name, required }) => required && !given.has(name));
  if (missing.length === 0) return;
  throw new MismatchError({ type: "MissingRequiredOptions", program, options: missing.map(({ name }) => name).sort() });
}

const LARGEST = 2n ** 64n - 1n;

/** Throws when a value is not what its place takes. */
function checkValue(type: ArgType, value: string): void {
  switch (type) {
    case "ReadableFile":
    case "WriteableFile":
      if (value === "") throw new MismatchError({ type: "EmptyFileName" });
      return;
    case "PositiveInteger":
      if (!isUnsigned(value) || Number(value) === 0) throw new MismatchError({ type: "InvalidPositiveInteger", value });
      return;
    case "SedCommand":
      if (!isPrintRange(value)) throw new MismatchError({ type: "SedCommandNotProvablySafe", command: value });
      return;
    case "OpaqueNonFile":
    case "Unknown":
      return;
    default:
      if (value === type.Literal) return;
      throw new MismatchError({ type: "LiteralValueDidNotMatch", expected: type.Literal, actual: value });
  }
}

/** A decimal number of 64 bits; a leading `+` is allowed, as in the original's number reader. */
function isUnsigned(text: string): boolean {
  return /^\+?[0-9]{1,64}$/.test(text) && BigInt(text.replace("+", "")) <= LARGEST;
}

/** `1,5p`: sed prints lines and does nothing else. */
function isPrintRange(command: string): boolean {
  const [, from = "", to = ""] = /^([^,]*),([^,]*)p$/.exec(command) ?? [];
  return isUnsigned(from) && isUnsigned(to);
}
