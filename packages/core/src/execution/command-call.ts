/** A command of the model that runs to its end: shown, cleared, run, ended. */

import type { CommandItem, CommandResult } from "@codex-ts/protocol";
import { NotRun, runCleared } from "../approvals/command-clearance.js";
import { refuseEscalation, type SandboxPermissions } from "../approvals/command-verdict.js";
import { asEventText } from "../tools/output-format.js";
import { ToolError } from "../tools/tool.js";
import type { Turn } from "../turn/turn.js";
import { commandEnvironment } from "./command-environment.js";
import { CommandStartError, type RunOutcome, type StartRequest } from "./command-runner.js";

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

/** Runs a command under the turn's policies. @throws {ToolError} when it does not run */
export async function performCommand(call: CommandCall, turn: Turn): Promise<RunOutcome> {
  if (call.argv.length === 0) throw new ToolError("command args are empty");
  const { session } = turn;
  const item = await commandItem(call, "agent", null, turn);
  session.items.start(item, turn.id);
  try {
    const refused = refuseEscalation(call.permissions, turn.settings.approvalPolicy);
    if (refused !== null) throw new NotRun("declined", refused);
    const command = { ...call, item, tool: "shell" as const, tty: false };
    const outcome = await runCleared(command, turn, (sandboxed) => attempt(call, sandboxed, turn));
    const status = turn.signal.aborted ? "interrupted" : outcome.exitCode === 0 ? "completed" : "failed";
    session.items.end({ ...item, status, result: resultOf(outcome, turn) }, turn.id);
    for (const notice of outcome.notices) session.warn(notice, turn.id);
    return outcome;
  } catch (error) {
    if (!(error instanceof NotRun)) throw error;
    session.items.end(notRunItem(item, error), turn.id);
    throw new ToolError(error.message, { cause: error });
  }
}

/** A command as people see it, from before anybody is asked about it. */
export async function commandItem(
  { callId, argv, cwd }: Pick<CommandCall, "callId" | "argv" | "cwd">,
  source: CommandItem["source"],
  processId: string | null,
  turn: Turn,
): Promise<CommandItem> {
  return {
    type: "command",
    id: callId,
    argv: [...argv],
    cwd,
    actions: await turn.session.services.rules.actions(argv),
    source,
    processId,
    interactionInput: null,
    status: "inProgress",
    result: null,
  };
}

/** The end of a command that did not run. */
export function notRunItem(item: CommandItem, { status, message }: NotRun): CommandItem {
  const output = { stdout: "", stderr: message, aggregatedOutput: message, formattedOutput: message };
  return { ...item, status, result: { ...output, exitCode: -1, durationMs: 0, timedOut: false } };
}

/** How a command is started in a turn, with or without the sandbox. */
export function startRequest(
  { argv, cwd }: Pick<CommandCall, "argv" | "cwd">,
  sandboxed: boolean,
  { session, settings }: Turn,
): StartRequest {
  const { sandboxPolicy } = settings;
  return {
    argv: session.shellSnapshot.wrap(argv),
    cwd,
    env: commandEnvironment(session.services.environment(), session.config.shellEnvironmentPolicy, sandboxPolicy),
    sandbox: sandboxed ? { policy: sandboxPolicy, cwd: settings.cwd } : null,
  };
}

// helpers

async function attempt(call: CommandCall, sandboxed: boolean, turn: Turn): Promise<RunOutcome> {
  const { session, signal } = turn;
  try {
    return await session.services.runner.run(
      { ...startRequest(call, sandboxed, turn), timeoutMs: call.timeoutMs },
      {
        signal,
        onOutput: (stream, chunk) => session.items.delta(call.callId, { kind: "commandOutput", stream, chunk }),
      },
    );
  } catch (error) {
    if (!(error instanceof CommandStartError)) throw error;
    throw new NotRun("failed", `execution error: ${error.message}`, { cause: error });
  }
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
