/** A command of the model from the decision to its outcome: shown, judged, asked about, run, retried, ended. */

import type { CommandItem, CommandResult } from "@codex-ts/protocol";
import { decideCommand, refuseEscalation, type SandboxPermissions } from "../approvals/command-verdict.js";
import type { CommandGrantKey } from "../approvals/session-grants.js";
import { asEventText } from "../tools/output-format.js";
import { ToolError } from "../tools/tool.js";
import { throwIfAborted, type Turn } from "../turn/turn.js";
import { commandEnvironment } from "./command-environment.js";
import { CommandStartError, type RunOutcome } from "./command-runner.js";

/** What a model wants to run. */
export interface CommandCall {
  callId: string;
  argv: readonly string[];
  /** Absolute. */
  cwd: string;
  timeoutMs: number;
  permissions: SandboxPermissions;
  justification: string | null;
}

/** Asked when the sandbox made a command fail and it may run again without one. */
const RETRY_REASON = "command failed; retry without sandbox?";

/** Runs a command under the turn's policies. @throws {ToolError} when it does not run */
export async function performCommand(call: CommandCall, turn: Turn): Promise<RunOutcome> {
  const refused = refuseEscalation(call.permissions, turn.settings.approvalPolicy);
  if (refused !== null) throw new ToolError(refused);
  if (call.argv.length === 0) throw new ToolError("command args are empty");

  const { session } = turn;
  const item = await startedItem(call, turn);
  session.items.start(item, turn.id);
  try {
    const outcome = await judgeAndRun(call, item, turn);
    const status = turn.signal.aborted ? "interrupted" : outcome.exitCode === 0 ? "completed" : "failed";
    session.items.end({ ...item, status, result: resultOf(outcome, turn) }, turn.id);
    for (const notice of outcome.notices) session.warn(notice, turn.id);
    return outcome;
  } catch (error) {
    if (!(error instanceof NotRun)) throw error;
    session.items.end({ ...item, status: error.status, result: notRunResult(error.message) }, turn.id);
    throw new ToolError(error.message, { cause: error });
  }
}

// helpers

/** The command does not run; the message says why. */
class NotRun extends Error {
  override readonly name = "NotRun";
  readonly status: "declined" | "failed";

  constructor(status: "declined" | "failed", message: string) {
    super(message);
    this.status = status;
  }
}

async function startedItem(call: CommandCall, turn: Turn): Promise<CommandItem> {
  return {
    type: "command",
    id: call.callId,
    argv: [...call.argv],
    cwd: call.cwd,
    actions: await turn.session.services.rules.actions(call.argv),
    source: "agent",
    processId: null,
    interactionInput: null,
    status: "inProgress",
    result: null,
  };
}

async function judgeAndRun(call: CommandCall, item: CommandItem, turn: Turn): Promise<RunOutcome> {
  const { session, settings } = turn;
  const facts = await session.services.rules.facts(call.argv, call.permissions, settings.approvalPolicy);
  const verdict = decideCommand(facts, call, settings.approvalPolicy);
  if (verdict.kind === "refuse") throw new NotRun("failed", verdict.reason);

  const key = grantKey(call);
  if (verdict.kind === "ask" && !session.grants.allowsCommand(key)) {
    await ask(item, verdict.reason, verdict.proposedAmendment, key, turn);
  }
  throwIfAborted(turn.signal);
  const first = await attempt(call, verdict.sandboxed, turn);
  if (!first.denied || !mayRetry(turn, verdict.sandboxed)) return first;
  await ask(item, RETRY_REASON, facts.proposedAmendment, null, turn);
  throwIfAborted(turn.signal);
  return await attempt(call, false, turn);
}

function grantKey(call: CommandCall): CommandGrantKey {
  return { tool: "shell", argv: call.argv, cwd: call.cwd, permissions: call.permissions, tty: false };
}

/** A denial is asked about where the policy asks at all. Every run without the sandbox has its own question. */
function mayRetry({ settings }: Turn, sandboxed: boolean): boolean {
  const asks = settings.approvalPolicy === "on-failure" || settings.approvalPolicy === "untrusted";
  return asks && sandboxed;
}

/** @param key remembered when the answer is for the session; null: this answer is for this run only */
async function ask(
  item: CommandItem,
  reason: string | null,
  proposedAmendment: string[] | null,
  key: CommandGrantKey | null,
  turn: Turn,
): Promise<void> {
  const { session } = turn;
  const question = {
    kind: "command" as const,
    id: item.id,
    itemId: item.id,
    argv: item.argv,
    cwd: item.cwd,
    actions: item.actions,
    reason,
    proposedAmendment,
    risk: null,
  };
  const answer = await session.questions.ask(question, turn.id, turn.signal);
  const decision = answer.kind === "command" ? answer.decision : "denied";
  if (decision === "denied" || decision === "abort") throw new NotRun("declined", "exec command rejected by user");
  if (decision === "approved_for_session" && key !== null) session.grants.allowCommand(key);
  if (typeof decision === "object") {
    const prefix = decision.approved_execpolicy_amendment.proposed_execpolicy_amendment;
    try {
      await session.services.rules.amend(prefix);
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      session.warn(`Failed to apply execpolicy amendment: ${cause}`, turn.id);
    }
  }
}

async function attempt(call: CommandCall, sandboxed: boolean, turn: Turn): Promise<RunOutcome> {
  const { session, settings, signal } = turn;
  const { sandboxPolicy } = settings;
  const env = commandEnvironment(session.services.environment, session.config.shellEnvironmentPolicy, sandboxPolicy);
  const sandbox = sandboxed && isEnforced(sandboxPolicy.type) ? { policy: sandboxPolicy, cwd: settings.cwd } : null;
  try {
    return await session.services.runner.run(
      { argv: call.argv, cwd: call.cwd, env, timeoutMs: call.timeoutMs, sandbox },
      {
        signal,
        onOutput: (stream, chunk) => session.items.delta(call.callId, { kind: "commandOutput", stream, chunk }),
      },
    );
  } catch (error) {
    if (error instanceof CommandStartError) throw new NotRun("failed", `execution error: ${error.message}`);
    throw error;
  }
}

function isEnforced(type: string): boolean {
  return type === "read-only" || type === "workspace-write";
}

function resultOf(outcome: RunOutcome, turn: Turn): CommandResult {
  return {
    stdout: outcome.stdout,
    stderr: outcome.stderr,
    aggregatedOutput: outcome.aggregated,
    formattedOutput: asEventText({ ...outcome, output: outcome.aggregated }, turn.truncation),
    exitCode: turn.signal.aborted ? -1 : outcome.exitCode,
    durationMs: outcome.durationMs,
    timedOut: outcome.timedOut,
  };
}

function notRunResult(message: string): CommandResult {
  return {
    stdout: "",
    stderr: message,
    aggregatedOutput: message,
    formattedOutput: message,
    exitCode: -1,
    durationMs: 0,
    timedOut: false,
  };
}
