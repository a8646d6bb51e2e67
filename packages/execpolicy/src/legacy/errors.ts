/** Why a command does not fit a spec. The shapes are those of the JSON output. */

import type { ArgMatcher, PositionalArg } from "./exec-call.js";

/** The reason, by its name in the output. */
export type Mismatch =
  | { readonly type: "NoSpecForProgram"; readonly program: string }
  | { readonly type: "OptionMissingValue"; readonly program: string; readonly option: string }
  | {
      readonly type: "OptionFollowedByOptionInsteadOfValue";
      readonly program: string;
      readonly option: string;
      readonly value: string;
    }
  | { readonly type: "UnknownOption"; readonly program: string; readonly option: string }
  | { readonly type: "UnexpectedArguments"; readonly program: string; readonly args: readonly PositionalArg[] }
  | { readonly type: "DoubleDashNotSupportedYet"; readonly program: string }
  | {
      readonly type: "MultipleVarargPatterns";
      readonly program: string;
      readonly first: ArgMatcher;
      readonly second: ArgMatcher;
    }
  | { readonly type: "RangeEndOutOfBounds"; readonly end: number; readonly len: number }
  | { readonly type: "PrefixOverlapsSuffix" }
  | {
      readonly type: "NotEnoughArgs";
      readonly program: string;
      readonly args: readonly PositionalArg[];
      readonly arg_patterns: readonly ArgMatcher[];
    }
  | { readonly type: "VarargMatcherDidNotMatchAnything"; readonly program: string; readonly matcher: ArgMatcher }
  | { readonly type: "EmptyFileName" }
  | { readonly type: "LiteralValueDidNotMatch"; readonly expected: string; readonly actual: string }
  | { readonly type: "InvalidPositiveInteger"; readonly value: string }
  | { readonly type: "MissingRequiredOptions"; readonly program: string; readonly options: readonly string[] }
  | { readonly type: "SedCommandNotProvablySafe"; readonly command: string }
  | { readonly type: "ReadablePathNotInReadableFolders"; readonly file: string; readonly folders: readonly string[] }
  | { readonly type: "WriteablePathNotInWriteableFolders"; readonly file: string; readonly folders: readonly string[] }
  | { readonly type: "CannotCheckRelativePath"; readonly file: string };

/** Thrown inside a check; what callers get is the {@link Mismatch}. */
export class MismatchError extends Error {
  override readonly name = "MismatchError";
  readonly mismatch: Mismatch;

  constructor(mismatch: Mismatch) {
    super(mismatch.type);
    this.mismatch = mismatch;
  }
}
