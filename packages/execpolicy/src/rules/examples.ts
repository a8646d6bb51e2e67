/** The `match` and `not_match` examples of a rule. */

import { OperationError } from "../starlark/errors.js";
import type { Budget } from "../starlark/limits.js";
import { List, typeName, type Value } from "../starlark/values.js";
import { debugList, debugRule } from "./debug-text.js";
import { matches, type PrefixRule } from "./policy.js";
import { joinWords, splitWords } from "./shell-words.js";

/** Example commands, as tokens. */
export interface Examples {
  /** Each must match one of the rules. */
  readonly match: readonly (readonly string[])[];
  /** None may match any of them. */
  readonly notMatch: readonly (readonly string[])[];
}

/** What reading one costs. */
const EXAMPLE_STEPS = 10;

/** Reads a list of examples: shell text or lists of tokens. Throws for everything else. */
export function parseExamples(values: readonly Value[], budget: Budget): string[][] {
  budget.spend(values.length * EXAMPLE_STEPS);
  return values.map(parseExample);
}

function parseExample(value: Value): string[] {
  if (typeof value === "string") return parseText(value);
  if (!(value instanceof List)) throw invalid(`example must be a string or list of strings (got ${typeName(value)})`);
  if (value.items.length === 0) throw invalid("example cannot be an empty list");
  return value.items.map((item) => {
    if (typeof item === "string") return item;
    throw invalid(`example tokens must be strings (got ${typeName(item)})`);
  });
}

function parseText(text: string): string[] {
  const words = splitWords(text);
  if (words === null) throw invalid("example string has invalid shell syntax");
  if (words.length === 0) throw invalid("example cannot be an empty string");
  return words;
}

function invalid(reason: string): OperationError {
  return new OperationError(`invalid example: ${reason}`);
}

/** Throws when the rules do not do what the examples say. */
export function checkExamples(rules: readonly PrefixRule[], { match, notMatch }: Examples): void {
  for (const example of notMatch) {
    const rule = rules.find((candidate) => matches(candidate, example));
    if (rule === undefined) continue;
    throw new OperationError(`expected example to not match rule \`${debugRule(rule)}\`: ${joinWords(example)}`);
  }
  const unmatched = match.filter((example) => !rules.some((rule) => matches(rule, example)));
  if (unmatched.length === 0) return;
  throw new OperationError(
    `expected every example to match at least one rule. rules: ${debugList(rules.map(debugRule))}; ` +
      `unmatched examples: ${debugList(unmatched.map(joinWords))}`,
  );
}
