/** `codex exec`: checks everything first, then runs one turn and shows it, then says by its exit code how it went. */

import { setTimeout as delay } from "node:timers/promises";
import type { Config } from "@codex-ts/config";
import type { Thread } from "@codex-ts/core";
import { originatorFrom, Outbox, stdoutWriter, type ParsedLine, type Program } from "@codex-ts/launch";
import { assembleAgent, replayWrapper, type AgentParts } from "@codex-ts/launch/agent";
import type { ThreadEvent, TurnOutcome } from "@codex-ts/protocol";
import { writeLastMessage } from "./last-message.js";
import { humanOutput, jsonOutput, type Output } from "./output.js";
import { ExecError, isOurs, prepare, type PreparedRun } from "./prepare-run.js";
import { readRequest, type ExecRequest } from "./request.js";

/** Exit code after SIGTERM. */
const TERMINATED = 143;

/** Exit code when the reader of stdout is gone, as after SIGPIPE. */
const NO_READER = 141;

/** How long a reader may take to read what was said last, when a signal ends the run. */
const FLUSHING_MS = 2_000;

/** Runs the command. @returns the exit code: 0 done, 1 failed, 130 and 143 when a signal ended it */
export async function runExec(line: ParsedLine, program: Program): Promise<number> {
  const request = readRequest(line);
  try {
    const run = await prepare(request, program);
    return await perform(run, request, program);
  } catch (error) {
    if (!isOurs(error)) throw error;
    program.stderr(`${error.message}\n`);
    return 1;
  }
}

// helpers, in the order in which a run needs them

async function perform(run: PreparedRun, request: ExecRequest, program: Program): Promise<number> {
  const { config, op, shown, resumePath } = run;
  const outbox = request.json
    ? new Outbox({ write: stdoutWriter() }, { onBroken: () => program.exit(NO_READER) })
    : null;
  const { threads, auth } = newAgent(config, request, program, outbox);
  await checkLogin(auth, config);
  const thread =
    resumePath === null ? await threads.start(config, "exec") : await threads.resume(config, "exec", resumePath);
  // Nobody can be asked, by agents that agents start either.
  threads.onCreated((child) => {
    child.subscribe((event) => {
      if (event.type === "question.asked") child.refuseQuestions("policy");
    });
  });
  const signals = endOnSignals(thread, program);
  const output =
    outbox !== null
      ? jsonOutput(program, outbox, () => signals.exitCode() === TERMINATED)
      : humanOutput(program, { config, thread, colour: request.colour, prompt: shown });
  const turn = followTurn(thread, output);
  await thread.submit(op);
  const ended = await turn;
  signals.stop();
  await threads.closeAll();
  const written = output.end(ended.lastMessage);
  await (signals.exitCode() === null ? written : Promise.race([written, delay(FLUSHING_MS)]));
  if (request.lastMessageFile !== null && ended.outcome.kind !== "interrupted") {
    writeLastMessage(request.lastMessageFile, ended.lastMessage, program);
  }
  const code = signals.exitCode();
  if (code !== null) return program.exit(code); // what a reader did not take must not keep us
  return ended.outcome.kind === "completed" && !ended.sawError ? 0 : 1;
}

function newAgent(config: Config, request: ExecRequest, program: Program, outbox: Outbox | null): AgentParts {
  const wrapClient = replayWrapper({ record: request.recordFile, replay: request.replayFile }, config, program);
  return assembleAgent({
    config,
    originator: originatorFrom(program.env, "codex_exec"),
    env: program.env,
    program: program.self,
    useEnvironmentKey: true,
    ...(wrapClient === null ? {} : { wrapClient }),
    ...(outbox === null ? {} : { congestion: () => (outbox.isFull ? outbox.drained() : null) }),
    log: (level, text) => program.log(level, text),
    report: (error, where) =>
      program.log("error", `${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  });
}

/** Refuses a login that the configuration does not allow; without such a rule nothing is read. */
async function checkLogin(
  auth: AgentParts["auth"],
  { forcedLoginMethod: method, forcedChatgptWorkspaceId: workspaceId }: Config,
): Promise<void> {
  if (method === null && workspaceId === null) return;
  const { checkLoginRestrictions, LoginRestrictionError } = await import("@codex-ts/auth");
  try {
    checkLoginRestrictions(await auth.account(), { method, workspaceId });
  } catch (error) {
    throw error instanceof LoginRestrictionError ? new ExecError(error.message) : error;
  }
}

interface EndedTurn {
  outcome: TurnOutcome;
  lastMessage: string | null;
  sawError: boolean;
}

/** Shows every event; resolves at the end of the turn. */
function followTurn(thread: Thread, output: Output): Promise<EndedTurn> {
  return new Promise((resolvePromise) => {
    let sawError = false;
    thread.subscribe((event: ThreadEvent) => {
      output.take(event);
      if (event.type === "notice" && event.notice.kind === "error") sawError = true;
      if (event.type === "question.asked") thread.refuseQuestions("policy");
      if (event.type === "turn.ended") {
        resolvePromise({ outcome: event.outcome, lastMessage: event.lastAgentMessage, sawError });
      }
    });
  });
}

/** The first signal ends the turn in good order, the second one everything at once. */
function endOnSignals(thread: Thread, program: Program): { stop: () => void; exitCode: () => number | null } {
  let code: number | null = null;
  const stop = program.onSignals((_signal, exitCode) => {
    if (code !== null) program.exit(exitCode);
    code = exitCode;
    void thread.submit({ type: "interrupt" });
  });
  return { stop, exitCode: () => code };
}
