/** A legacy policy and its verdict about a command. */

import { type Mismatch, MismatchError } from "./errors.js";
import { type ExecCall, mayWriteFiles, type ProgramSpec, type ValidExec } from "./exec-call.js";
import { matchSpec } from "./match-spec.js";

/** Everything that a policy file defines. */
export interface LegacyPolicy {
  /** By program name, in the order in which they are tried. */
  readonly programs: ReadonlyMap<string, readonly ProgramSpec[]>;
  readonly forbiddenPrograms: readonly { readonly pattern: RegExp; readonly reason: string }[];
  readonly forbiddenSubstrings: readonly string[];
}

/** What made a command forbidden. */
export type ForbiddenCause =
  | { readonly Program: { readonly program: string; readonly exec_call: ExecCall } }
  | { readonly Arg: { readonly arg: string; readonly exec_call: ExecCall } }
  | { readonly Exec: { readonly exec: ValidExec } };

/** The verdict, in the form of the JSON output. `safe` reads at most, `match` may write. */
export type LegacyVerdict =
  | { readonly result: "safe" | "match"; readonly match: ValidExec }
  | { readonly result: "forbidden"; readonly reason: string; readonly cause: ForbiddenCause }
  | { readonly result: "unverified"; readonly error: Mismatch };

/** Forbidden programs first, then forbidden texts in arguments, then the program's specs: the first that fits wins. */
export function checkCommand(policy: LegacyPolicy, call: ExecCall): LegacyVerdict {
  const { program, args } = call;
  const forbidden = policy.forbiddenPrograms.find(({ pattern }) => pattern.test(program));
  if (forbidden !== undefined) {
    return { result: "forbidden", reason: forbidden.reason, cause: { Program: { program, exec_call: call } } };
  }
  for (const arg of args) {
    const text = policy.forbiddenSubstrings.find((substring) => arg.includes(substring));
    if (text === undefined) continue;
    const reason = `arg \`${arg}\` contains forbidden substring`;
    return { result: "forbidden", reason, cause: { Arg: { arg, exec_call: call } } };
  }
  return bySpecs(policy.programs.get(program) ?? [], call);
}

/** The last spec's mismatch is the one reported. */
function bySpecs(specs: readonly ProgramSpec[], call: ExecCall): LegacyVerdict {
  let error: Mismatch = { type: "NoSpecForProgram", program: call.program };
  for (const spec of specs) {
    const outcome = trySpec(spec, call);
    if (!("error" in outcome)) return outcome;
    error = outcome.error;
  }
  return { result: "unverified", error };
}

function trySpec(spec: ProgramSpec, call: ExecCall): LegacyVerdict {
  try {
    const exec = matchSpec(spec, call);
    if (spec.forbidden !== null) return { result: "forbidden", reason: spec.forbidden, cause: { Exec: { exec } } };
    return { result: mayWriteFiles(exec) ? "match" : "safe", match: exec };
  } catch (error) {
    if (error instanceof MismatchError) return { result: "unverified", error: error.mismatch };
    throw error;
  }
}

/** An example that does not do what its list says. */
export interface FailingExample {
  readonly program: string;
  readonly list: "should_match" | "should_not_match";
  readonly args: readonly string[];
}

/** Checks the examples of every spec, each against its own spec. Loading a policy does not do this. */
export function failingExamples(policy: LegacyPolicy): FailingExample[] {
  return [...policy.programs.values()].flat().flatMap((spec) => {
    const { program } = spec;
    const fits = (args: readonly string[]) => trySpec(spec, { program, args }).result !== "unverified";
    const missed = spec.shouldMatch.filter((args) => !fits(args));
    const caught = spec.shouldNotMatch.filter(fits);
    return [
      ...missed.map((args): FailingExample => ({ program, list: "should_match", args })),
      ...caught.map((args): FailingExample => ({ program, list: "should_not_match", args })),
    ];
  });
}
