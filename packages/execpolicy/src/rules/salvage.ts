/** Reads what still restricts from a file that is broken somewhere: what stands before the mistake, and single calls after it. */

import { StarlarkError } from "../starlark/errors.js";
import type { Budget } from "../starlark/limits.js";
import { runSource, type RunOptions } from "../starlark/run.js";
import type { PrefixRule } from "./policy.js";
import { prefixRuleFunction } from "./prefix-rule.js";

/** A file that could not be read to its end. */
export interface BrokenFile {
  readonly text: string;
  readonly file: string;
  readonly layer: string;
  readonly error: StarlarkError;
  /** The rules that were made before the error. */
  readonly made: readonly PrefixRule[];
}

/**
 * The prompt and forbidden rules that can still be read. A mistake in one line must not lift the restrictions of the
 * others; permissions are not salvaged, because the lines that limited them may be the broken ones.
 */
export function salvageRestrictions(broken: BrokenFile, budget: Budget): PrefixRule[] {
  const brokenLine = broken.error.statementLine;
  const before = broken.made.length > 0 ? [...broken.made] : rulesBefore(broken, brokenLine, budget);
  const after = rulesOfCalls(broken, before === null ? 1 : brokenLine, budget);
  return [...(before ?? []), ...after].filter((rule) => rule.decision !== "allow");
}

/** The rules of the lines before a broken one; null when those lines cannot be run without it. */
function rulesBefore({ text, file, layer }: BrokenFile, brokenLine: number, budget: Budget): PrefixRule[] | null {
  const lines = text.split("\n", brokenLine - 1);
  while (/^[\s)\]}]/.test(lines.at(-1) ?? "")) lines.pop();
  const rules: PrefixRule[] = [];
  const functions = prefixRuleFunction(
    (line) => ({ layer, file, line }),
    (rule) => rules.push(rule),
  );
  return succeeds(() => runSource(file, lines.join("\n"), functions, { budget })) ? rules : null;
}

const CALL_START = /^prefix_rule\b/gm;
/** The rules of each `prefix_rule` at the start of a line that can be run by itself. */
function rulesOfCalls({ text, file, layer }: BrokenFile, fromLine: number, budget: Budget): PrefixRule[] {
  const rules: PrefixRule[] = [];
  const options: RunOptions = { budget, first: true };
  let line = 1;
  let counted = 0;
  for (const { index } of text.matchAll(CALL_START)) {
    for (let at = text.indexOf("\n", counted); at >= 0 && at < index; at = text.indexOf("\n", at + 1)) line += 1;
    counted = index;
    if (line < fromLine) continue;
    if (budget.left === 0) break;
    const callLine = line;
    const functions = prefixRuleFunction(
      (inner) => ({ layer, file, line: callLine + inner - 1 }),
      (rule) => rules.push(rule),
    );
    const call = text.slice(index, index + LONGEST_CALL);
    const read = succeeds(() => runSource(file, call, functions, options));
    if (!read) budget.spend(Math.min(FAILED_CALL_STEPS, budget.left));
  }
  return rules;
}

/** What a call that cannot be read costs besides its tokens: an error with its text takes time to make. */
const FAILED_CALL_STEPS = 1_000;

/** Characters of one call: keeps the work for many calls without an end in bounds. */
const LONGEST_CALL = 20_000;

/** false: what was run is the broken part, or needs it; the file's own error already says so. */
function succeeds(run: () => void): boolean {
  try {
    run();
    return true;
  } catch (error) {
    if (error instanceof StarlarkError) return false;
    throw error;
  }
}
