/** Reads a policy file of the legacy language. */

import { StarlarkError } from "../starlark/errors.js";
import { runSource } from "../starlark/run.js";
import type { SourceRange } from "../starlark/source.js";
import type { ProgramSpec } from "./exec-call.js";
import { languageFunctions } from "./language.js";
import type { LegacyPolicy } from "./policy.js";

/** A policy file that cannot be used; `details` shows the place. */
export class LegacyPolicyError extends Error {
  override readonly name = "LegacyPolicyError";
  readonly range: SourceRange;
  readonly details: string;

  constructor(cause: StarlarkError) {
    super(cause.message, { cause });
    this.range = cause.range;
    this.details = cause.report;
  }
}

/** @throws LegacyPolicyError */
export function parseLegacyPolicy(text: string, fileName: string): LegacyPolicy {
  const specs: ProgramSpec[] = [];
  const forbiddenPrograms: { pattern: RegExp; reason: string }[] = [];
  const forbiddenSubstrings: string[] = [];
  const functions = languageFunctions({
    addProgram: (spec) => specs.push(spec),
    forbidProgram: (pattern, reason) => forbiddenPrograms.push({ pattern, reason }),
    forbidSubstrings: (substrings) => forbiddenSubstrings.push(...substrings),
  });
  try {
    runSource(fileName, text, functions);
  } catch (error) {
    if (error instanceof StarlarkError) throw new LegacyPolicyError(error);
    throw error;
  }
  return { programs: Map.groupBy(specs, ({ program }) => program), forbiddenPrograms, forbiddenSubstrings };
}
