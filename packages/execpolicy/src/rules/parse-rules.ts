/** Reads the text of one rules file. */

import { StarlarkError } from "../starlark/errors.js";
import { Budget, LEAST_STEPS } from "../starlark/limits.js";
import { runSource } from "../starlark/run.js";
import type { PrefixRule } from "./policy.js";
import { prefixRuleFunction } from "./prefix-rule.js";
import { RuleError } from "./rule-error.js";
import { salvageRestrictions } from "./salvage.js";

/** The rules of one file, in the order in which it makes them. */
export interface RuleFile {
  readonly file: string;
  readonly rules: readonly PrefixRule[];
}

/** What a caller may add. */
export interface ParseOptions {
  /** The label of the layer that the file belongs to. */
  readonly layer?: string;
  /** What reading may cost; shared when several files belong together. */
  readonly budget?: Budget;
}

/**
 * @param fileName as messages name the file
 * @throws RuleError for anything wrong with the text; bounded in time, depth and memory by starlark/limits.ts
 */
export function parseRules(
  source: string,
  fileName: string,
  { layer = "", budget = new Budget() }: ParseOptions = {},
): RuleFile {
  const rules: PrefixRule[] = [];
  const origin = (line: number) => ({ layer, file: fileName, line });
  const functions = prefixRuleFunction(origin, (rule) => rules.push(rule));
  try {
    runSource(fileName, source, functions, { budget });
  } catch (error) {
    if (!(error instanceof StarlarkError)) throw error;
    budget.ensure(LEAST_STEPS);
    throw new RuleError(
      error,
      salvageRestrictions({ text: source, file: fileName, layer, error, made: rules }, budget),
    );
  }
  return { file: fileName, rules };
}
