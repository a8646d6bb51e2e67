/** The tools that run commands which may live on: `exec_command` starts one, `write_stdin` types into it or looks at it. */

import { resolve } from "node:path";
import { shellArgv, shellKind } from "@codex-ts/shell-command";
import type { TruncationPolicy } from "@codex-ts/protocol";
import { NotRun, REJECTED_BY_USER } from "../approvals/command-clearance.js";
import { BYTES_PER_TOKEN, budgetInBytes, truncateWithLineCount } from "../context/truncation.js";
import { abandon, startTerminal, type TerminalCall } from "../execution/sessions/terminal-call.js";
import { MAX_SESSIONS, WARNING_SESSIONS } from "../execution/sessions/terminal-sessions.js";
import type { TerminalSession } from "../execution/sessions/terminal-session.js";
import { userMessage } from "../instructions/messages.js";
import { throwIfAborted, type Turn } from "../turn/turn.js";
import { interceptPatch } from "./apply-patch.js";
import { boolean, count, optional, parseArguments, required, string, withDefault } from "./arguments.js";
import { functionArguments, permissionArguments, permissionProperties } from "./shell.js";
import { ToolError, type Tool } from "./tool.js";

const DEFAULT_YIELD_MS = 10_000;
const DEFAULT_WRITE_YIELD_MS = 250;
const MIN_YIELD_MS = 250;
/** A look without typing waits longer: models poll too often. */
const MIN_POLL_MS = 5_000;
const MAX_YIELD_MS = 30_000;
/** Between typing and looking: programs need a moment to answer. */
const AFTER_WRITE_MS = 100;
const DEFAULT_OUTPUT_TOKENS = 10_000;

/** Starts a command. */
export const execCommandTool: Tool = {
  names: ["exec_command"],
  parallel: false,
  abortStyle: "plain",
  definition: {
    type: "function",
    name: "exec_command",
    description:
      "Runs a command and returns its output, or, when it is still running after the wait, a session ID under which it goes on.",
    strict: false,
    parameters: {
      type: "object",
      properties: {
        cmd: { type: "string", description: "The script to run." },
        justification: permissionProperties.justification,
        login: { type: "boolean", description: "Whether the shell reads the user's login files. Default true." },
        max_output_tokens: { type: "number", description: "Tokens of output to return at the most. Default 10000." },
        sandbox_permissions: permissionProperties.sandbox_permissions,
        shell: { type: "string", description: "The shell to run the script with. Default: the user's." },
        tty: {
          type: "boolean",
          description: "Gives the command a terminal, which write_stdin can type into. Default false: no input.",
        },
        workdir: { type: "string", description: "The folder to run in. Default: the working directory of the turn." },
        yield_time_ms: {
          type: "number",
          description: "Milliseconds to wait for the end before you get what there is. Default 10000.",
        },
      },
      required: ["cmd"],
      additionalProperties: false,
    },
  },
  async run(call, { turn }) {
    const args = parseArguments(functionArguments(call), {
      cmd: required(string),
      workdir: optional(string),
      shell: optional(string),
      login: withDefault(boolean, true),
      tty: withDefault(boolean, false),
      yield_time_ms: withDefault(count, DEFAULT_YIELD_MS),
      max_output_tokens: withDefault(count, DEFAULT_OUTPUT_TOKENS),
      ...permissionArguments,
    });
    const command: TerminalCall = {
      callId: call.callId,
      argv: argvOf(args.cmd, args.shell, args.login, turn),
      cwd: resolve(turn.settings.cwd, args.workdir ?? ""),
      permissions: args.sandbox_permissions,
      justification: args.justification,
      tty: args.tty,
    };
    const yieldMs = clamp(args.yield_time_ms, MIN_YIELD_MS);
    const patched = await interceptPatch(call, { ...command, timeoutMs: yieldMs }, turn);
    if (patched !== null) return patched;
    const startedAt = performance.now();
    const terminal = await started(command, turn);
    await look(terminal, startedAt + yieldMs, turn, abandon);
    // On a busy machine it is known only now.
    if (terminal.end?.kind === "notStarted") throw new ToolError(`exec_command failed: ${terminal.end.reason}`);
    if (terminal.end === null) keep(terminal, turn);
    return response(terminal, startedAt, args.max_output_tokens, turn);
  },
};

/** Types into a running command, or looks at it. */
export const writeStdinTool: Tool = {
  names: ["write_stdin"],
  parallel: false,
  abortStyle: "plain",
  definition: {
    type: "function",
    name: "write_stdin",
    description:
      "Types text into a running exec_command session and returns what the command wrote since the last look.",
    strict: false,
    parameters: {
      type: "object",
      properties: {
        chars: { type: "string", description: "The text to type. Default empty: only look." },
        max_output_tokens: { type: "number", description: "Tokens of output to return at the most. Default 10000." },
        session_id: { type: "number", description: "The ID of the session." },
        yield_time_ms: { type: "number", description: "Milliseconds to wait for output. Default 250." },
      },
      required: ["session_id"],
      additionalProperties: false,
    },
  },
  async run(call, { turn }) {
    const args = parseArguments(functionArguments(call), {
      session_id: required(count),
      chars: withDefault(string, ""),
      yield_time_ms: withDefault(count, DEFAULT_WRITE_YIELD_MS),
      max_output_tokens: withDefault(count, DEFAULT_OUTPUT_TOKENS),
    });
    const { session } = turn;
    const terminal = sessionOf(args.session_id, turn);
    if (args.chars !== "" && !terminal.tty) {
      throw new ToolError(
        "write_stdin failed: stdin is closed for this session; rerun exec_command with tty=true to keep stdin open",
      );
    }
    const processId = String(terminal.id);
    session.items.delta(terminal.item.id, { kind: "terminalInput", processId, text: args.chars });
    if (args.chars !== "") {
      terminal.write(args.chars);
      await terminal.wait(AFTER_WRITE_MS, turn.signal);
    }
    const startedAt = performance.now();
    const yieldMs = clamp(args.yield_time_ms, args.chars === "" ? MIN_POLL_MS : MIN_YIELD_MS);
    await look(terminal, startedAt + yieldMs, turn);
    if (terminal.end !== null) session.terminals.forget(terminal.id, "it had ended, and its end was reported");
    return response(terminal, startedAt, args.max_output_tokens, turn);
  },
};

// helpers

function clamp(milliseconds: number, least: number): number {
  return Math.min(Math.max(milliseconds, least), MAX_YIELD_MS);
}

function argvOf(script: string, shell: string | null, login: boolean, turn: Turn): string[] {
  if (shell === null || shell === "") return turn.session.services.shell.argv(script, { login });
  const kind = shellKind(shell);
  if (kind === null) {
    throw new ToolError(
      `exec_command failed: unknown shell \`${shell}\`; use bash, zsh, sh, pwsh or cmd, or leave it out for the user's shell`,
    );
  }
  return shellArgv({ kind, path: shell }, script, { login });
}

async function started(command: TerminalCall, turn: Turn): Promise<TerminalSession> {
  try {
    return await startTerminal(command, turn);
  } catch (error) {
    if (!(error instanceof NotRun)) throw error;
    const isEscalation = error.message.startsWith("approval policy is ");
    const reason = error.message === REJECTED_BY_USER ? "rejected by user" : error.message;
    throw new ToolError(isEscalation ? error.message : `exec_command failed: ${reason}`, { cause: error });
  }
}

/** Waits for the end of the command, for its part of the time. @throws {TurnAborted} */
async function look(
  terminal: TerminalSession,
  deadline: number,
  turn: Turn,
  onAbort: (terminal: TerminalSession) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await terminal.wait(Math.max(0, deadline - performance.now()), turn.signal);
  if (turn.signal.aborted) await onAbort(terminal);
  throwIfAborted(turn.signal);
}

/** The command goes on: it is kept for later calls, and for later turns. */
function keep(terminal: TerminalSession, turn: Turn): void {
  const { session } = turn;
  session.items.outliveTurn(terminal.item.id);
  const pruned = session.terminals.add(terminal);
  const { size } = session.terminals;
  if (pruned !== null && pruned.killed) {
    const script = pruned.item.argv.at(-1) ?? "";
    tell(
      `Warning: Session ${pruned.id} (\`${script}\`) was ended, because no more than ${MAX_SESSIONS} can be open at a time`,
      turn,
    );
  }
  if (size >= WARNING_SESSIONS) {
    tell(
      `Warning: The maximum number of unified exec processes you can keep open is ${WARNING_SESSIONS} and you currently have ${size} processes open. Reuse older processes or close them to prevent automatic pruning of old processes`,
      turn,
    );
  }
}

/** Tells the model something that the user did not say. Between a call and its output servers allow nothing: it follows. */
function tell(text: string, turn: Turn): void {
  turn.pending.push({ kind: "item", item: userMessage(text) });
}

function sessionOf(id: number, turn: Turn): TerminalSession {
  const { terminals } = turn.session;
  const found = terminals.use(id);
  if (found !== null) return found;
  const why = terminals.whyGone(id);
  throw new ToolError(`write_stdin failed: Unknown process id ${id}${why === null ? "" : ` (${why})`}`);
}

/** @throws {ToolError} when the sandbox made the command fail */
function response(terminal: TerminalSession, startedAt: number, maxTokens: number, turn: Turn): string {
  const { end, denied } = terminal;
  const output = terminal.read();
  const text = truncateWithLineCount(output, smaller(maxTokens, turn.truncation));
  if (denied && end?.kind === "exited") throw new ToolError(denialText(end.exitCode, text, turn));
  const exit =
    end === null
      ? `Process running with session ID ${terminal.id}`
      : end.kind === "exited"
        ? `Process exited with code ${end.exitCode}`
        : `Process could not be started: ${end.reason}`;
  return [
    `Chunk ID: ${Buffer.from(crypto.getRandomValues(new Uint8Array(3))).toString("hex")}`,
    `Wall time: ${((performance.now() - startedAt) / 1_000).toFixed(4)} seconds`,
    exit,
    `Original token count: ${Math.ceil(Buffer.byteLength(output) / BYTES_PER_TOKEN)}`,
    "Output:",
    text,
  ].join("\n");
}

/** The model's limit counts too: an output that is cut by both would show two gaps. */
function smaller(maxTokens: number, policy: TruncationPolicy): TruncationPolicy {
  return { mode: "tokens", limit: Math.min(maxTokens, Math.floor(budgetInBytes(policy) / BYTES_PER_TOKEN)) };
}

function denialText(exitCode: number, output: string, { settings }: Turn): string {
  const advice =
    settings.approvalPolicy === "on-request" && settings.sandboxPolicy.type !== "external-sandbox"
      ? ' If it must be done, ask for it with sandbox_permissions "require_escalated" and a justification.'
      : "";
  return `exec_command failed: the sandbox did not allow something that the command tried; it ended with exit code ${exitCode}.${advice}\nOutput:\n${output}`;
}
