/** The texts that tell people and models why a command is refused or asked for. */

import type { Evaluation, MatchedRule } from "./evaluate.js";
import type { Decision } from "./policy.js";
import { joinWords } from "./shell-words.js";

/** A rule or heuristic asks, but the approval policy is `never`. */
export const PROMPT_IMPOSSIBLE = "approval required by policy, but AskForApproval is set to Never";

/**
 * Why a forbidden command does not run. The longest matched prefix speaks.
 * @param quotedCommand the whole argv as shell text
 */
export function forbiddenReason(evaluation: Evaluation, quotedCommand: string): string {
  const match = longestMatch(evaluation, "forbidden");
  if (match === null) return `\`${quotedCommand}\` rejected: blocked by policy`;
  const { justification } = match.rule;
  if (justification !== null) return `\`${quotedCommand}\` rejected: ${justification}`;
  return `\`${quotedCommand}\` rejected: policy forbids commands starting with \`${joinWords(match.matchedPrefix)}\``;
}

/**
 * Why a command needs approval; null when no rule asks for it.
 * @param quotedCommand the whole argv as shell text
 */
export function promptReason(evaluation: Evaluation, quotedCommand: string): string | null {
  const match = longestMatch(evaluation, "prompt");
  if (match === null) return null;
  const { justification } = match.rule;
  return `\`${quotedCommand}\` requires approval${justification === null ? " by policy" : `: ${justification}`}`;
}

function longestMatch({ perCommand }: Evaluation, decision: Decision): MatchedRule | null {
  const matches = perCommand.flatMap((command) => (command.decidedBy === "rules" ? command.matches : []));
  let longest: MatchedRule | null = null;
  for (const match of matches) {
    if (match.rule.decision !== decision) continue;
    if (longest === null || match.matchedPrefix.length >= longest.matchedPrefix.length) longest = match;
  }
  return longest;
}
