/** The `prefix_rule` function of rules files: checks its arguments and makes rules of them. */

import { OperationError } from "../starlark/errors.js";
import { signature } from "../starlark/parameters.js";
import { type BoundArguments, Builtin, List, typeName, type Value } from "../starlark/values.js";
import { checkExamples, parseExamples } from "./examples.js";
import type { Decision, PatternToken, PrefixRule, RuleOrigin } from "./policy.js";

/** A call makes objects that stay: it costs more than a plain step. */
const CALL_STEPS = 10;

const PARAMETERS = "pattern: list, decision?: str, match?: list, not_match?: list, justification?: str";

/**
 * @param origin where a rule on this line comes from
 * @param add receives each rule of the calls whose examples hold
 */
export function prefixRuleFunction(
  origin: (line: number) => RuleOrigin,
  add: (rule: PrefixRule) => void,
): Map<string, Value> {
  const prefixRule = new Builtin("prefix_rule", signature("prefix_rule", PARAMETERS), (args, { line, budget }) => {
    const decision = parseDecision(args.get("decision"));
    const justification = parseJustification(args.get("justification"));
    const pattern = items(args, "pattern").map(parseToken);
    const examples = {
      match: parseExamples(items(args, "match"), budget),
      notMatch: parseExamples(items(args, "not_match"), budget),
    };
    const rules = rulesFor(pattern).map((tokens): PrefixRule => ({
      ...tokens,
      decision,
      justification,
      origin: origin(line()),
    }));
    budget.spend(
      CALL_STEPS + rules.length * (1 + examples.match.length + examples.notMatch.length) * (1 + pattern.length),
    );
    checkExamples(rules, examples);
    for (const rule of rules) add(rule);
    return null;
  });
  return new Map([["prefix_rule", prefixRule]]);
}

function items(args: BoundArguments, name: string): readonly Value[] {
  const value = args.get(name);
  return value instanceof List ? value.items : [];
}

function parseDecision(value: Value | undefined): Decision {
  switch (value) {
    case undefined:
      return "allow";
    case "allow":
    case "prompt":
    case "forbidden":
      return value;
    default:
      throw new OperationError(`invalid decision: ${String(value)}`);
  }
}

function parseJustification(value: Value | undefined): string | null {
  if (typeof value !== "string") return null;
  if (value.trim() === "") throw new OperationError("invalid rule: justification cannot be empty");
  return value;
}

function parseToken(value: Value): PatternToken {
  if (typeof value === "string") return value;
  if (!(value instanceof List)) {
    throw invalid(`pattern element must be a string or list of strings (got ${typeName(value)})`);
  }
  const alternatives = value.items.map((item) => {
    if (typeof item === "string") return item;
    throw invalid(`pattern alternative must be a string (got ${typeName(item)})`);
  });
  const [only, ...others] = alternatives;
  if (only === undefined) throw invalid("pattern alternatives cannot be empty");
  return others.length === 0 ? only : alternatives;
}

/** Alternatives in the first place make a rule each, so that rules can be found by the program's name. */
function rulesFor([first, ...rest]: readonly PatternToken[]): Pick<PrefixRule, "first" | "rest">[] {
  if (first === undefined) throw invalid("pattern cannot be empty");
  return (typeof first === "string" ? [first] : first).map((program) => ({ first: program, rest }));
}

function invalid(reason: string): OperationError {
  return new OperationError(`invalid pattern element: ${reason}`);
}
