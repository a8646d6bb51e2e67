/** Proposes what a person could allow for good when a command is asked for. */

import type { Evaluation } from "./evaluate.js";
import { shortPrefix } from "./short-prefix.js";

/** Prefixes that could become allow rules. */
export interface AmendmentProposal {
  /** All tokens of the command that was asked for: what the wire carries. */
  readonly exact: string[];
  /** The program with its subcommand (`git push`), when that is a sensible rule; an additional choice. */
  readonly short: string[] | null;
}

/**
 * null when a rule asks (allowing would not help: the strictest wins), when the command is forbidden, and, for an
 * allowed command whose sandboxed run failed, when any rule matched. Otherwise it is about the first command that the
 * fallback decided in the same way as the whole.
 */
export function proposeAmendment({ decision, perCommand }: Evaluation): AmendmentProposal | null {
  if (decision === "forbidden") return null;
  const byRule = perCommand.filter(({ decidedBy }) => decidedBy === "rules");
  const blocked = decision === "allow" ? byRule.length > 0 : byRule.some((command) => command.decision === "prompt");
  if (blocked) return null;
  const asked = perCommand.find((command) => command.decidedBy === "heuristic" && command.decision === decision);
  if (asked === undefined || asked.command.length === 0) return null;
  return { exact: [...asked.command], short: shortPrefix(asked.command) };
}
