/** Takes a command through judgement, question and grants, lets it run, and asks again when the sandbox got in its way. */

import type { AmendmentProposal } from "@codex-ts/execpolicy";
import type { CommandItem } from "@codex-ts/protocol";
import { throwIfAborted, type Turn } from "../turn/turn.js";
import { assessRisk } from "./command-risk.js";
import { decideCommand, type CommandRequest } from "./command-verdict.js";
import type { CommandGrantKey } from "./session-grants.js";

/** A command that wants to run. */
export interface CommandToClear extends CommandRequest {
  /** As people see it; it has begun. */
  item: CommandItem;
  tool: CommandGrantKey["tool"];
  tty: boolean;
}

/** The command does not run; the message says why. */
export class NotRun extends Error {
  override readonly name = "NotRun";
  readonly status: "declined" | "failed";

  constructor(status: "declined" | "failed", message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** What a refusal by the user is called. */
export const REJECTED_BY_USER = "exec command rejected by user";

/** Asked when the sandbox made a command fail and it may run again without one. */
const RETRY_REASON = "command failed; retry without sandbox?";

/**
 * Runs a command when the policies let it. Every run outside of the sandbox that no rule allows has its own question.
 * @param attempt runs it once, and says whether the sandbox made it fail
 * @throws {NotRun}; {TurnAborted}
 */
export async function runCleared<T extends { denied: boolean }>(
  command: CommandToClear,
  turn: Turn,
  attempt: (sandboxed: boolean) => Promise<T>,
): Promise<T> {
  const { session, settings } = turn;
  const { approvalPolicy, sandboxPolicy } = settings;
  const { argv } = command.item;
  const restricted = isRestricted(sandboxPolicy.type);
  // Without a sandbox of ours there is nothing to leave.
  const permissions = restricted ? command.permissions : "use_default";
  const facts = await session.services.rules.facts(argv, permissions, approvalPolicy, {
    enforceable: !restricted || session.services.runner.enforces(sandboxPolicy),
  });
  for (const problem of session.services.rules.takeProblems()) session.warn(problem, turn.id);
  const verdict = decideCommand(facts, { ...command, permissions }, approvalPolicy);
  if (verdict.kind === "refuse") throw new NotRun("failed", verdict.reason);

  const key = grantKey(command);
  if (verdict.kind === "ask" && !session.grants.allowsCommand(key)) {
    await ask(command.item, verdict.reason, verdict.proposal, key, turn);
  }
  throwIfAborted(turn.signal);
  if (facts.danger !== null) await session.checkpoints.before(facts.danger, settings.cwd, turn.id, turn.signal);
  throwIfAborted(turn.signal);
  // A sandbox that somebody else provides is nothing to ask about, but its policy may still cut the network off.
  const sandboxed = verdict.sandboxed && sandboxPolicy.type !== "danger-full-access";
  const first = await attempt(sandboxed);
  if (!first.denied || !sandboxed || !restricted || !asksAboutDenials(turn)) return first;
  await ask(command.item, RETRY_REASON, facts.proposal, null, turn);
  throwIfAborted(turn.signal);
  return await attempt(false);
}

// helpers

function isRestricted(policy: Turn["settings"]["sandboxPolicy"]["type"]): boolean {
  return policy === "read-only" || policy === "workspace-write";
}

function asksAboutDenials({ settings }: Turn): boolean {
  return settings.approvalPolicy === "on-failure" || settings.approvalPolicy === "untrusted";
}

function grantKey({ item, tool, permissions, tty }: CommandToClear): CommandGrantKey {
  return { tool, argv: item.argv, cwd: item.cwd, permissions, tty };
}

/** @param key remembered when the answer is for the session; null: this answer is for this run only */
async function ask(
  item: CommandItem,
  reason: string | null,
  proposal: AmendmentProposal | null,
  key: CommandGrantKey | null,
  turn: Turn,
): Promise<void> {
  const { session } = turn;
  const risk = await assessRisk({ argv: item.argv, cwd: item.cwd, reason }, turn);
  throwIfAborted(turn.signal);
  const { id, argv, cwd, actions } = item;
  const answer = await session.questions.ask(
    {
      kind: "command",
      id,
      itemId: id,
      argv,
      cwd,
      actions,
      reason,
      proposedAmendment: proposal?.exact ?? null,
      shortAmendment: proposal?.short ?? null,
      risk,
    },
    turn.id,
    turn.signal,
  );
  const decision = answer.kind === "command" ? answer.decision : "denied";
  // Nobody refused it: the turn was cut short while the question was open.
  if (decision === "denied") throwIfAborted(turn.signal);
  if (decision === "denied" || decision === "abort") throw new NotRun("declined", REJECTED_BY_USER);
  if (decision === "approved_for_session" && key !== null) session.grants.allowCommand(key);
  if (typeof decision === "object") {
    await amend(decision.approved_execpolicy_amendment.proposed_execpolicy_amendment, turn);
  }
}

/** A rule that cannot be kept is told; the command was approved all the same. */
async function amend(prefix: string[], { session, id }: Turn): Promise<void> {
  try {
    await session.services.rules.amend(prefix);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    session.warn(`Failed to apply execpolicy amendment: ${cause}`, id);
  }
}
