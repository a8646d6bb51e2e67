/** The functions and constants of the legacy policy language. */

import { OperationError } from "../starlark/errors.js";
import { signature } from "../starlark/parameters.js";
import { type BoundArguments, Builtin, HostObject, List, typeName, type Value } from "../starlark/values.js";
import { type ArgMatcher, type ArgType, argType, type OptionSpec, type ProgramSpec } from "./exec-call.js";

/** Receives what a policy defines. */
export interface PolicySink {
  readonly addProgram: (spec: ProgramSpec) => void;
  readonly forbidProgram: (pattern: RegExp, reason: string) => void;
  readonly forbidSubstrings: (substrings: readonly string[]) => void;
}

/** An `ARG_…` constant. */
class MatcherValue extends HostObject {
  readonly typeName = "ArgMatcher";
  readonly text: string;
  readonly matcher: ArgMatcher;

  constructor(matcher: ArgMatcher) {
    super();
    this.matcher = matcher;
    this.text = typeof matcher === "string" ? matcher : `Literal(${JSON.stringify(matcher.Literal)})`;
  }
}

/** What `flag` and `opt` return. */
class OptionValue extends HostObject {
  readonly typeName = "Opt";
  readonly text: string;
  readonly option: OptionSpec;

  constructor(option: OptionSpec) {
    super();
    this.option = option;
    this.text = `opt(${option.name})`;
  }
}

const CONSTANTS: readonly (readonly [string, ArgMatcher])[] = [
  ["ARG_OPAQUE_VALUE", "OpaqueNonFile"],
  ["ARG_RFILE", "ReadableFile"],
  ["ARG_WFILE", "WriteableFile"],
  ["ARG_RFILES", "ReadableFiles"],
  ["ARG_RFILES_OR_CWD", "ReadableFilesOrCwd"],
  ["ARG_POS_INT", "PositiveInteger"],
  ["ARG_SED_COMMAND", "SedCommand"],
  ["ARG_UNVERIFIED_VARARGS", "UnverifiedVarargs"],
];

const PROGRAM_PARAMETERS =
  "program: str, system_path?: list, option_bundling?: bool, combined_format?: bool, options?: list, args?: list, " +
  "forbidden?: str|None, should_match?: list, should_not_match?: list";

/** By name. `option_bundling` and `combined_format` are read and, as in the original, change nothing. */
export function languageFunctions(sink: PolicySink): Map<string, Value> {
  const functions: [string, string, (args: BoundArguments) => Value][] = [
    ["define_program", PROGRAM_PARAMETERS, (args) => nothing(sink.addProgram(programSpec(args)))],
    ["flag", "name: str", (args) => option(args, null)],
    ["opt", "name: str, type, required?: bool", (args) => option(args, argType(matcherOf(get(args, "type"))))],
    ["forbid_substrings", "strings: list", (args) => nothing(sink.forbidSubstrings(strings(args, "strings")))],
    [
      "forbid_program_regex",
      "regex: str, reason: str",
      (args) => nothing(sink.forbidProgram(pattern(string(args, "regex")), string(args, "reason"))),
    ],
  ];
  return new Map<string, Value>([
    ...CONSTANTS.map(([name, matcher]): [string, Value] => [name, new MatcherValue(matcher)]),
    ...functions.map(([name, parameters, run]): [string, Value] => [
      name,
      new Builtin(name, signature(name, parameters), run),
    ]),
  ]);
}

function nothing(_done: void): null {
  return null;
}

function get(args: BoundArguments, name: string): Value {
  return args.get(name) ?? null;
}

function string(args: BoundArguments, name: string): string {
  const value = args.get(name);
  return typeof value === "string" ? value : "";
}

function items(args: BoundArguments, name: string): readonly Value[] {
  const value = args.get(name);
  return value instanceof List ? value.items : [];
}

function strings(args: BoundArguments, name: string): string[] {
  return items(args, name).map((item) => stringItem(item, name));
}

function stringItem(item: Value, name: string): string {
  if (typeof item === "string") return item;
  throw new OperationError(`${name} must be a list of strings (got ${typeName(item)})`);
}

function programSpec(args: BoundArguments): ProgramSpec {
  const options = new Map<string, OptionSpec>();
  for (const value of items(args, "options")) {
    if (!(value instanceof OptionValue)) {
      throw new OperationError(`options must be a list of flag() and opt() (got ${typeName(value)})`);
    }
    const { name } = value.option;
    if (options.has(name)) throw new OperationError(`duplicate flag: ${name}`);
    options.set(name, value.option);
  }
  const forbidden = args.get("forbidden");
  return {
    program: string(args, "program"),
    systemPath: strings(args, "system_path"),
    options,
    args: items(args, "args").map(matcherOf),
    forbidden: typeof forbidden === "string" ? forbidden : null,
    shouldMatch: examples(args, "should_match"),
    shouldNotMatch: examples(args, "should_not_match"),
  };
}

function examples(args: BoundArguments, name: string): string[][] {
  return items(args, name).map((item) => {
    if (item instanceof List) return item.items.map((word) => stringItem(word, name));
    throw new OperationError(`${name} must be a list of lists of strings (got ${typeName(item)})`);
  });
}

function option(args: BoundArguments, type: ArgType | null): Value {
  return new OptionValue({ name: string(args, "name"), type, required: args.get("required") === true });
}

/** A plain string stands for itself. */
function matcherOf(value: Value): ArgMatcher {
  if (typeof value === "string") return { Literal: value };
  if (value instanceof MatcherValue) return value.matcher;
  throw new OperationError(`expected an ARG_ constant or a string (got ${typeName(value)})`);
}

function pattern(source: string): RegExp {
  try {
    return new RegExp(source, "u");
  } catch (error) {
    throw new OperationError(`invalid regex: ${source}`, { cause: error });
  }
}
