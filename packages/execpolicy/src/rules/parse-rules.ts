/** Reads the text of one rules file. */

import { StarlarkError } from "../starlark/errors.js";
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

/**
 * @param fileName as messages name the file
 * @param layer the label of the layer that the file belongs to
 * @throws RuleError for anything wrong with the text; bounded in time, depth and memory by starlark/limits.ts
 */
export function parseRules(source: string, fileName: string, layer = ""): RuleFile {
  const rules: PrefixRule[] = [];
  const origin = (line: number) => ({ layer, file: fileName, line });
  try {
    runSource(
      fileName,
      source,
      prefixRuleFunction(origin, (rule) => rules.push(rule)),
    );
  } catch (error) {
    if (error instanceof StarlarkError) {
      throw new RuleError(error, salvageRestrictions({ text: source, file: fileName, layer, error, made: rules }));
    }
    throw error;
  }
  return { file: fileName, rules };
}
