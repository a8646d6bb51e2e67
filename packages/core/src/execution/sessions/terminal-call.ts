/** A command of the model that may live on after its call: shown, cleared, started; ended whenever it ends. */

import type { CommandItem } from "@codex-ts/protocol";
import { NotRun, runCleared } from "../../approvals/command-clearance.js";
import { refuseEscalation } from "../../approvals/command-verdict.js";
import { truncateWithLineCount } from "../../context/truncation.js";
import { throwIfAborted, TurnAborted, type Turn } from "../../turn/turn.js";
import { commandItem, notRunItem, startRequest, type CommandCall } from "../command-call.js";
import { CommandStartError } from "../command-runner.js";
import { HeldOutput } from "./held-output.js";
import { TerminalSession } from "./terminal-session.js";

/** What a model wants to run. */
export interface TerminalCall extends Omit<CommandCall, "timeoutMs"> {
  tty: boolean;
}

/** How long a command is watched for a denial by the sandbox before it counts as running. */
const DENIAL_WINDOW_MS = 150;

/** Output must not look for a terminal's abilities, ask for keys, or wait in a pager. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  NO_COLOR: "1",
  TERM: "dumb",
  LANG: "C.UTF-8",
  LC_CTYPE: "C.UTF-8",
  LC_ALL: "C.UTF-8",
  COLORTERM: "",
  PAGER: "cat",
  GIT_PAGER: "cat",
  GH_PAGER: "cat",
  CODEX_CI: "1",
};

/**
 * Starts a command under the turn's policies. Its item ends when the command ends, also in a later turn.
 * @returns the session, which runs or has ended already
 * @throws {NotRun} it does not run; {TurnAborted}
 */
export async function startTerminal(call: TerminalCall, turn: Turn): Promise<TerminalSession> {
  const { session } = turn;
  const id = session.terminals.newId();
  const item = await commandItem(call, "unified_exec_startup", String(id), turn);
  session.items.start(item, turn.id);
  try {
    const refused = refuseEscalation(call.permissions, turn.settings.approvalPolicy, "cannot");
    if (refused !== null) throw new NotRun("declined", refused);
    const command = { ...call, item, tool: "exec_command" as const };
    const { terminal } = await runCleared(command, turn, (sandboxed) => attempt(id, item, call, sandboxed, turn));
    if (terminal.end?.kind === "notStarted") throw new NotRun("failed", terminal.end.reason);
    void terminal.ended.then(() => endItem(terminal, turn));
    return terminal;
  } catch (error) {
    if (error instanceof NotRun) session.items.end(notRunItem(item, error), turn.id);
    throw error;
  }
}

/** Ends a session that the turn was cut short for, and waits until it is over. */
export async function abandon(terminal: TerminalSession): Promise<void> {
  terminal.kill();
  await terminal.ended;
}

// helpers

async function attempt(
  id: number,
  item: CommandItem,
  call: TerminalCall,
  sandboxed: boolean,
  turn: Turn,
): Promise<{ denied: boolean; terminal: TerminalSession }> {
  const { session } = turn;
  const terminal = new TerminalSession({
    id,
    item,
    turnId: turn.id,
    tty: call.tty,
    watchers: new HeldOutput(
      (chunk) => session.items.delta(item.id, { kind: "commandOutput", stream: "stdout", chunk }),
      session.services.congestion,
    ),
  });
  const request = startRequest(call, sandboxed, turn);
  try {
    const command = await session.services.runner.open(
      { ...request, env: { ...request.env, ...ENVIRONMENT }, tty: call.tty },
      { signal: turn.signal, onOutput: (chunk) => terminal.take(chunk) },
    );
    if (command === null) throw new TurnAborted("the turn was cut short before the command was started");
    terminal.attach(command);
  } catch (error) {
    if (!(error instanceof CommandStartError)) throw error;
    throw new NotRun("failed", error.message, { cause: error });
  }
  await terminal.wait(DENIAL_WINDOW_MS, turn.signal);
  if (turn.signal.aborted) {
    await abandon(terminal);
    endItem(terminal, turn);
    throwIfAborted(turn.signal);
  }
  return { denied: terminal.denied, terminal };
}

function endItem(terminal: TerminalSession, turn: Turn): void {
  const { session, truncation } = turn;
  const { end, killed } = terminal;
  const ok = end?.kind === "exited" && end.exitCode === 0;
  const status = killed ? "interrupted" : ok ? "completed" : "failed";
  const result = terminal.result((output) => truncateWithLineCount(output, truncation));
  session.items.end({ ...terminal.item, status, result }, terminal.turnId);
  if (end?.kind === "exited") for (const notice of end.notices) session.warn(notice, terminal.turnId);
}
