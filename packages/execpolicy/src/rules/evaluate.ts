/** Decides about the commands of one tool call: by rules where they match, by the caller's fallback elsewhere. */

import { type Decision, patternLength, type Policy, type PrefixRule, strictest } from "./policy.js";
import { innerCommands, programName } from "./wrappers.js";

/** A rule that matched, as it stands in outputs for programs. */
export interface PrefixRuleMatch {
  prefixRuleMatch: {
    /** The command's own tokens that the rule covers. */
    matchedPrefix: string[];
    decision: Decision;
    /** Left out when the rule has none. */
    justification?: string;
  };
}

/** The fallback's answer for a command without a rule, as it stands in outputs for programs. */
export interface HeuristicsRuleMatch {
  heuristicsRuleMatch: { command: string[]; decision: Decision };
}

/** What spoke about a command. */
export type RuleMatch = PrefixRuleMatch | HeuristicsRuleMatch;

/** A rule with the part of a command that it matched. */
export interface MatchedRule {
  readonly rule: PrefixRule;
  readonly matchedPrefix: readonly string[];
}

/** What was decided about one command, and who decided: rules, or the fallback because no rule matched. */
export type CommandEvaluation = {
  readonly command: readonly string[];
  readonly decision: Decision;
} & ({ readonly decidedBy: "rules"; readonly matches: readonly MatchedRule[] } | { readonly decidedBy: "heuristic" });

/** What was decided about all commands of a call. */
export interface Evaluation {
  /** The strictest of all decisions. Without any command: `prompt`, because nothing was checked. */
  readonly decision: Decision;
  readonly perCommand: readonly CommandEvaluation[];
  /** Everything that spoke, command by command, for outputs. */
  readonly matchedRules: readonly RuleMatch[];
  /** Is every single command allowed by a rule? Only then may the sandbox be left; a heuristic never lifts it. */
  readonly allAllowedByRules: boolean;
}

/** What a caller knows beyond the commands themselves. */
export interface EvaluateOptions {
  /**
   * Simple commands found inside the others (`rm` in `echo "$(rm a)"`, or in `flock l sh -c "rm a"`). Rules that ask or
   * forbid apply to them; rules that allow do not, because the outer command does more than they say.
   */
  readonly embedded?: readonly (readonly string[])[];
}

/**
 * Rules that allow match a command as it is written. Rules that ask or forbid also match the program under a path
 * (`/bin/rm`) and behind wrappers (`sudo rm`), so that they cannot be stepped around.
 * @param fallback decides about a command that no rule matches
 */
export function evaluate(
  policy: Policy,
  commands: readonly (readonly string[])[],
  fallback: (command: readonly string[]) => Decision,
  { embedded = [] }: EvaluateOptions = {},
): Evaluation {
  const direct = commands.map((command) => evaluateOne(policy, command, fallback));
  const spoken = new Set(
    direct.flatMap((each) => (each.decidedBy === "rules" ? each.matches : [])).map(({ rule }) => rule),
  );
  const perCommand = [...direct, ...embedded.flatMap((command) => evaluateEmbedded(policy, command, spoken))];
  return {
    decision: strictest(perCommand.map(({ decision }) => decision)) ?? "prompt",
    perCommand,
    matchedRules: perCommand.flatMap(wireMatches),
    allAllowedByRules:
      perCommand.length > 0 &&
      perCommand.every(({ decidedBy, decision }) => decidedBy === "rules" && decision === "allow"),
  };
}

/** What matches one command, without any fallback. */
export function matchingRules(policy: Policy, command: readonly string[]): MatchedRule[] {
  const literal = policy.matching(command);
  const hidden = hiddenRestrictions(policy, command).filter(({ rule }) => !literal.includes(rule));
  return [...literal.map((rule) => matched(rule, [], command)), ...hidden];
}

function evaluateOne(
  policy: Policy,
  command: readonly string[],
  fallback: (command: readonly string[]) => Decision,
): CommandEvaluation {
  const found = matchingRules(policy, command);
  const decision = strictest(found.map(({ rule }) => rule.decision));
  if (decision === null) return { command, decidedBy: "heuristic", decision: fallback(command) };
  return { command, decidedBy: "rules", decision, matches: found };
}

/** @param spoken rules that have matched already: they say nothing new */
function evaluateEmbedded(
  policy: Policy,
  command: readonly string[],
  spoken: ReadonlySet<PrefixRule>,
): CommandEvaluation[] {
  const found = matchingRules(policy, command).filter(({ rule }) => rule.decision !== "allow" && !spoken.has(rule));
  const decision = strictest(found.map(({ rule }) => rule.decision));
  return decision === null ? [] : [{ command, decidedBy: "rules", decision, matches: found }];
}

/** Prompt and forbidden rules for the program under its bare name and for what its wrappers run. */
function hiddenRestrictions(policy: Policy, command: readonly string[]): MatchedRule[] {
  return innerCommands(command).flatMap(({ before, words }) => {
    const [program = "", ...rest] = words;
    const rules = policy.matching([programName(program), ...rest]).filter((rule) => rule.decision !== "allow");
    return rules.map((rule) => matched(rule, before, words));
  });
}

function matched(rule: PrefixRule, before: readonly string[], words: readonly string[]): MatchedRule {
  return { rule, matchedPrefix: [...before, ...words.slice(0, patternLength(rule))] };
}

/** One command's part of the output for programs. */
export function wireMatches(evaluation: CommandEvaluation): RuleMatch[] {
  if (evaluation.decidedBy === "rules") return evaluation.matches.map(wireMatch);
  const { command, decision } = evaluation;
  return [{ heuristicsRuleMatch: { command: [...command], decision } }];
}

/** A matched rule in the form for programs. */
export function wireMatch({ rule, matchedPrefix }: MatchedRule): PrefixRuleMatch {
  const { decision, justification } = rule;
  const reason = justification === null ? {} : { justification };
  return { prefixRuleMatch: { matchedPrefix: [...matchedPrefix], decision, ...reason } };
}
