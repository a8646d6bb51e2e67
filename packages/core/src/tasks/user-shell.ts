/** A command that the user runs themselves (`!cmd`): shown and stoppable like any other, and theirs alone unless they say otherwise. */

import type { CommandItem } from "@codex-ts/protocol";
import { asEventText } from "../tools/output-format.js";
import { commandEnvironment } from "../execution/command-environment.js";
import { CommandStartError, type RunOutcome } from "../execution/command-runner.js";
import { userMessage } from "../instructions/messages.js";
import type { Turn } from "../turn/turn.js";
import type { Task } from "./task.js";

const TIMEOUT_MS = 60 * 60 * 1_000;

/** A turn that runs one command of the user's. No model is asked. */
export function userShellTask(script: string): Task {
  return {
    kind: "userShell",
    steering: "refuses",
    input: [],
    run: async (turn) => {
      turn.session.emit({ type: "turn.started", contextWindow: turn.model.usableWindow }, turn.id);
      await runUserCommand(script, turn);
      return null;
    },
  };
}

// helpers

async function runUserCommand(script: string, turn: Turn): Promise<void> {
  const { session, settings } = turn;
  const argv = session.services.shell.argv(script, { login: true });
  const item: CommandItem = {
    type: "command",
    id: session.services.newId(),
    argv,
    cwd: settings.cwd,
    actions: await session.services.rules.actions(argv),
    source: "user_shell",
    processId: null,
    interactionInput: null,
    status: "inProgress",
    result: null,
  };
  session.items.start(item, turn.id);
  const outcome = await run(item, turn);
  const formatted = asEventText({ ...outcome, output: outcome.aggregated }, turn.truncation);
  session.items.end(
    {
      ...item,
      status: turn.signal.aborted ? "interrupted" : outcome.exitCode === 0 ? "completed" : "failed",
      result: {
        stdout: outcome.stdout,
        stderr: outcome.stderr,
        aggregatedOutput: outcome.aggregated,
        formattedOutput: formatted,
        exitCode: outcome.exitCode,
        durationMs: outcome.durationMs,
        timedOut: outcome.timedOut,
      },
    },
    turn.id,
  );
  if (session.config.userShellInContext) {
    session.record([userMessage(recordOf(script, outcome, formatted))], turn.id);
  }
}

/** Runs under the session's sandbox and environment policy: `!` is a shortcut, not a way around them. */
async function run(item: CommandItem, turn: Turn): Promise<RunOutcome> {
  const { session, settings, signal } = turn;
  const { sandboxPolicy } = settings;
  try {
    const outcome = await session.services.runner.run(
      {
        argv: item.argv,
        cwd: item.cwd,
        env: commandEnvironment(session.services.environment(), session.config.shellEnvironmentPolicy, sandboxPolicy),
        timeoutMs: TIMEOUT_MS,
        sandbox: sandboxPolicy.type === "danger-full-access" ? null : { policy: sandboxPolicy, cwd: settings.cwd },
      },
      {
        signal,
        onOutput: (stream, chunk) => session.items.delta(item.id, { kind: "commandOutput", stream, chunk }),
      },
    );
    return signal.aborted ? withoutResult(outcome, "command aborted by user") : outcome;
  } catch (error) {
    if (!(error instanceof CommandStartError)) throw error;
    const message = `execution error: ${error.message}`;
    return { ...NO_OUTCOME, stderr: message, aggregated: message };
  }
}

const NO_OUTCOME: RunOutcome = {
  stdout: "",
  stderr: "",
  aggregated: "",
  exitCode: -1,
  durationMs: 0,
  timedOut: false,
  denied: false,
  notices: [],
};

/** What was printed before the interruption stays; the remark comes after it. */
function withoutResult(outcome: RunOutcome, remark: string): RunOutcome {
  const aggregated = outcome.aggregated === "" ? remark : `${outcome.aggregated}\n${remark}`;
  return { ...outcome, aggregated, exitCode: -1 };
}

/** The record that sessions of the original carry; readers know it by its tag. */
function recordOf(script: string, outcome: RunOutcome, output: string): string {
  const seconds = (outcome.durationMs / 1_000).toFixed(4);
  const result = `Exit code: ${outcome.exitCode}\nDuration: ${seconds} seconds\nOutput:\n${output}`;
  return `<user_shell_command>\n<command>\n${script}\n</command>\n<result>\n${result}\n</result>\n</user_shell_command>`;
}
