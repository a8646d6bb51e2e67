/** The rules in force: prefixes of commands with a decision each, found by the program's name. Never changes. */

/** What may be done with a command, from mildest to strictest. */
export type Decision = "allow" | "prompt" | "forbidden";

/** A place in a pattern: one token, or the tokens that may stand there. */
export type PatternToken = string | readonly string[];

/** Where a rule was written; null for rules made while running. */
export interface RuleOrigin {
  /** The layer's label, as `loadRules` was given it. */
  readonly layer: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** A command that begins with these tokens gets this decision. */
export interface PrefixRule {
  readonly first: string;
  readonly rest: readonly PatternToken[];
  readonly decision: Decision;
  /** Shown when the rule asks or refuses; null: none was given. */
  readonly justification: string | null;
  readonly origin: RuleOrigin | null;
}

const STRICTNESS: Readonly<Record<Decision, number>> = { allow: 0, prompt: 1, forbidden: 2 };

/** The strictest of some decisions; null when there are none. */
export function strictest(decisions: Iterable<Decision>): Decision | null {
  let result: Decision | null = null;
  for (const decision of decisions) {
    if (result === null || STRICTNESS[decision] > STRICTNESS[result]) result = decision;
  }
  return result;
}

/** A set of rules. */
export class Policy {
  /** In the order in which they were added; the order of matches follows it. */
  readonly rules: readonly PrefixRule[];
  readonly #byProgram: ReadonlyMap<string, readonly PrefixRule[]>;

  constructor(rules: readonly PrefixRule[] = []) {
    this.rules = rules;
    this.#byProgram = Map.groupBy(rules, (rule) => rule.first);
  }

  /** The rules whose pattern the command begins with, token by token, exactly. */
  matching(command: readonly string[]): PrefixRule[] {
    const [program] = command;
    const candidates = program === undefined ? [] : (this.#byProgram.get(program) ?? []);
    return candidates.filter((rule) => matches(rule, command));
  }

  /** This policy with an allow rule for a prefix; the same policy when such a rule exists. */
  withAllowRule(prefix: readonly string[]): Policy {
    const rule = allowRule(prefix);
    return rule === null || this.rules.some((known) => sameRule(known, rule))
      ? this
      : new Policy([...this.rules, rule]);
  }
}

/** Does the command begin with the rule's pattern? */
export function matches({ first, rest }: PrefixRule, command: readonly string[]): boolean {
  if (command[0] !== first || command.length < rest.length + 1) return false;
  return rest.every((token, index) => fits(token, command[index + 1] ?? ""));
}

/** How many tokens of a command the rule's pattern covers. */
export function patternLength({ rest }: PrefixRule): number {
  return rest.length + 1;
}

function fits(token: PatternToken, word: string): boolean {
  return typeof token === "string" ? token === word : token.includes(word);
}

/** null: nothing to allow. */
function allowRule([first, ...rest]: readonly string[]): PrefixRule | null {
  return first === undefined ? null : { first, rest, decision: "allow", justification: null, origin: null };
}

function sameRule(a: PrefixRule, b: PrefixRule): boolean {
  return a.decision === b.decision && a.first === b.first && JSON.stringify(a.rest) === JSON.stringify(b.rest);
}
