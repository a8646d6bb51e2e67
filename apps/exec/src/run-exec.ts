/** `codex exec`: checks everything first, then runs one turn and shows it, then says by its exit code how it went. */

import { realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { loadConfig, resolveCodexHome, type Config } from "@codex-ts/config";
import { reviewHint, type Thread, type ThreadManager } from "@codex-ts/core";
import { cliOverrides, originatorFrom, type ParsedLine, type Program } from "@codex-ts/launch";
import { createAgent, replayWrapper } from "@codex-ts/launch/agent";
import type { Op, SandboxMode, ThreadEvent, TurnOutcome, UserInput } from "@codex-ts/protocol";
import { findSession, SessionNotFoundError, type SessionChoice } from "./find-session.js";
import { isInsideRepository } from "./input/git-check.js";
import { OutputSchemaError, readOutputSchema } from "./input/output-schema.js";
import { PromptError, resolvePrompt } from "./input/prompt.js";
import { writeLastMessage } from "./last-message.js";
import { humanOutput, jsonOutput, type Output } from "./output.js";
import { readRequest, type ExecRequest, type ReviewChoice } from "./request.js";

/** Exit code after SIGTERM. */
const TERMINATED = 143;

/** A run cannot begin; the message is for stderr. */
class ExecError extends Error {
  override readonly name = "ExecError";
}

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

/** Errors whose text is complete; the others get the program's usual `Error: ` in front. */
function isOurs(error: unknown): error is Error {
  return [ExecError, PromptError, OutputSchemaError, SessionNotFoundError].some((kind) => error instanceof kind);
}

interface PreparedRun {
  config: Config;
  /** What the thread is asked to do. */
  op: Op;
  /** What is shown as the user's words. */
  shown: string;
  /** The session file to go on in; null: a new session. */
  resumePath: string | null;
}

/** Everything that can go wrong before a session exists. */
async function prepare(request: ExecRequest, program: Program): Promise<PreparedRun> {
  const { env } = program;
  const cwd = existingFolder(request.cwd === null ? program.cwd : resolve(program.cwd, request.cwd), request.cwd);
  const codexHome = resolveCodexHome(env);
  const config = await loadConfig({
    codexHome,
    cwd,
    env,
    overrides: {
      ...cliOverrides(request.line),
      profile: request.profile,
      harness: {
        model: request.model,
        approvalPolicy: "never",
        sandboxMode: sandboxMode(request),
        additionalWritableRoots: request.addDirs.map((dir) => resolve(program.cwd, dir)),
        ...(request.oss ? { oss: { localProvider: request.localProvider } } : {}),
      },
    },
  });
  for (const { message, important } of config.warnings) if (important) program.stderr(`warning: ${message}\n`);
  if (!request.skipGitCheck && !request.bypass && !isInsideRepository(cwd)) {
    throw new ExecError("Not inside a trusted directory and --skip-git-repo-check was not specified.");
  }
  const outputSchema =
    request.outputSchemaFile === null ? undefined : readOutputSchema(resolve(program.cwd, request.outputSchemaFile));
  const asked =
    request.review === null ? await turnOp(request, outputSchema, program) : await reviewOp(request.review, program);
  const choice = sessionChoice(request, config);
  return { config, ...asked, resumePath: choice === null ? null : await findSession(codexHome, choice) };
}

async function turnOp(
  request: ExecRequest,
  outputSchema: unknown,
  program: Program,
): Promise<{ op: Op; shown: string }> {
  const prompt = await promptFrom(request.prompt ?? undefined, program);
  const items: UserInput[] = [
    ...request.images.map((path): UserInput => ({ type: "local_image", path: resolve(program.cwd, path) })),
    { type: "text", text: prompt, text_elements: [] },
  ];
  return { op: { type: "user_input", items, final_output_json_schema: outputSchema }, shown: prompt };
}

async function reviewOp(choice: ReviewChoice, program: Program): Promise<{ op: Op; shown: string }> {
  const target =
    choice.type === "custom"
      ? { type: "custom" as const, instructions: await reviewInstructions(choice.instructions, program) }
      : choice;
  return { op: { type: "review", review_request: { target } }, shown: reviewHint(target) };
}

async function reviewInstructions(given: string | null, program: Program): Promise<string> {
  if (given === null) {
    throw new ExecError("Error: Specify --uncommitted, --base, --commit, or provide custom review instructions");
  }
  const text = given === "-" ? await promptFrom(given, program) : given;
  if (text.trim() === "") throw new ExecError("Error: Review prompt cannot be empty");
  return text;
}

async function promptFrom(argument: string | undefined, program: Program): Promise<string> {
  return await resolvePrompt({
    argument,
    stdinIsTerminal: program.stdinIsTerminal(),
    readStdin: program.readStdin,
    announce: (text) => program.stderr(`${text}\n`),
  });
}

function existingFolder(path: string, given: string | null): string {
  try {
    const real = realpathSync(path);
    if (statSync(real).isDirectory()) return real;
  } catch {
    // told below: missing and not a folder have the same way out
  }
  throw new ExecError(`Error: ${given ?? path} is not a folder that exists (--cd)`);
}

function sandboxMode({ fullAuto, bypass, sandbox }: ExecRequest): SandboxMode | null {
  if (fullAuto) return "workspace-write";
  return bypass ? "danger-full-access" : sandbox;
}

function sessionChoice({ resume }: ExecRequest, config: Config): SessionChoice | null {
  if (resume === null) return null;
  if (resume.kind === "id") return resume;
  return { kind: "last", cwd: resume.anyFolder ? null : config.cwd, provider: config.modelProviderId };
}

async function perform(run: PreparedRun, request: ExecRequest, program: Program): Promise<number> {
  const { config, op, shown, resumePath } = run;
  const wrapClient = replayWrapper({ record: request.recordFile, replay: request.replayFile }, config, program);
  const agent = createAgent({
    config,
    originator: originatorFrom(program.env, "codex_exec"),
    env: program.env,
    program: program.self,
    useEnvironmentKey: true,
    ...(wrapClient === null ? {} : { wrapClient }),
    report: (error, where) =>
      program.log("error", `${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  });
  const thread =
    resumePath === null ? await agent.start(config, "exec") : await agent.resume(config, "exec", resumePath);
  // Nobody can be asked, by agents that agents start either.
  agent.onCreated((child) => {
    child.subscribe((event) => {
      if (event.type === "question.asked") child.refuseQuestions("policy");
    });
  });
  const signals = endOnSignals(thread, program);
  const output = request.json
    ? jsonOutput(program, { isTerminated: () => signals.exitCode() === TERMINATED })
    : humanOutput(program, { config, thread, colour: request.colour, prompt: shown });
  const turn = followTurn(thread, output);
  await thread.submit(op);
  const ended = await turn;
  signals.stop();
  await closeAgent(agent);
  await output.end(ended.lastMessage);
  if (request.lastMessageFile !== null && ended.outcome.kind !== "interrupted") {
    writeLastMessage(resolve(program.cwd, request.lastMessageFile), ended.lastMessage, program);
  }
  return signals.exitCode() ?? (ended.outcome.kind === "completed" && !ended.sawError ? 0 : 1);
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

async function closeAgent(agent: ThreadManager): Promise<void> {
  await agent.closeAll();
}
