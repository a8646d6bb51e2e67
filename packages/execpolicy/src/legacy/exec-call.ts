/** The vocabulary of the legacy language: calls, kinds of arguments, what a check finds. Names are those of its JSON. */

/** A program with its arguments, as it would be executed. */
export interface ExecCall {
  readonly program: string;
  readonly args: readonly string[];
}

/** What one argument is. */
export type ArgType =
  | "ReadableFile"
  | "WriteableFile"
  | "OpaqueNonFile"
  | "PositiveInteger"
  | "SedCommand"
  | "Unknown"
  | { readonly Literal: string };

/** What may stand in one place of a command; the last three take several arguments. */
export type ArgMatcher =
  | { readonly Literal: string }
  | "OpaqueNonFile"
  | "ReadableFile"
  | "WriteableFile"
  | "PositiveInteger"
  | "SedCommand"
  | "ReadableFiles"
  | "ReadableFilesOrCwd"
  | "UnverifiedVarargs";

/** How many arguments a matcher takes. */
export function cardinality(matcher: ArgMatcher): "one" | "at least one" | "any" {
  if (matcher === "ReadableFiles") return "at least one";
  return matcher === "ReadableFilesOrCwd" || matcher === "UnverifiedVarargs" ? "any" : "one";
}

/** What each argument is that a matcher takes. */
export function argType(matcher: ArgMatcher): ArgType {
  switch (matcher) {
    case "ReadableFiles":
    case "ReadableFilesOrCwd":
      return "ReadableFile";
    case "UnverifiedVarargs":
      return "Unknown";
    default:
      return matcher;
  }
}

/** An option of a program; without a type it is a flag. */
export interface OptionSpec {
  readonly name: string;
  readonly type: ArgType | null;
  readonly required: boolean;
}

/** One accepted form of a program's command line. */
export interface ProgramSpec {
  readonly program: string;
  /** Where the program is to be found, best first. */
  readonly systemPath: readonly string[];
  readonly options: ReadonlyMap<string, OptionSpec>;
  readonly args: readonly ArgMatcher[];
  /** A reason makes every match a refusal; null: matches are accepted. */
  readonly forbidden: string | null;
  readonly shouldMatch: readonly (readonly string[])[];
  readonly shouldNotMatch: readonly (readonly string[])[];
}

/** A command that fits a spec, taken apart. */
export interface ValidExec {
  readonly program: string;
  readonly flags: readonly { readonly name: string }[];
  readonly opts: readonly { readonly name: string; readonly value: string; readonly type: ArgType }[];
  readonly args: readonly MatchedArg[];
  readonly system_path: readonly string[];
}

/** An argument with its place among the call's arguments. */
export interface MatchedArg {
  readonly index: number;
  readonly type: ArgType;
  readonly value: string;
}

/** An argument that no option took. */
export interface PositionalArg {
  readonly index: number;
  readonly value: string;
}

/** May the command write files? True for what is not known as well. */
export function mayWriteFiles({ opts, args }: ValidExec): boolean {
  return [...opts, ...args].some(({ type }) => type === "WriteableFile" || type === "Unknown");
}
