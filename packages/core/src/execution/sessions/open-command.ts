/** Starts a command that goes on by itself: on a terminal into which can be typed, or with pipes. */

import {
  looksDenied,
  networkIsOff,
  type PreparedPlan,
  preparePlan,
  spawnSandboxed,
  type SandboxedProcess,
  type SandboxOutcome,
  type SandboxPlan,
} from "@codex-ts/sandbox";
import type { Readable } from "node:stream";
import { noticesOf, planFor, type SandboxedRunnerOptions } from "../command-plan.js";
import {
  CommandStartError,
  type LiveCommand,
  type LiveEnd,
  type OpenRequest,
  type StartRequest,
} from "../command-runner.js";
import { killLeftBehind } from "../left-behind.js";

const TERMINAL_SIZE = { cols: 80, rows: 24 };
/** Between asking a command to end and killing it. */
const GRACE_MS = 500;
/** A command is over when it has ended and nothing came for this long, though something holds its pipes. */
const IDLE_MS = 100;

type Receive = (chunk: Uint8Array) => void;

/** See {@link CommandRunner.open}. */
export async function openCommand(
  request: OpenRequest,
  onOutput: Receive,
  options: SandboxedRunnerOptions,
): Promise<LiveCommand> {
  const open = async (): Promise<LiveCommand> => {
    const plan = await planFor(request, request.tty, options);
    return request.tty
      ? await openOnTerminal(plan, request, onOutput, options.codexHome)
      : openWithPipes(plan, request, onOutput, options.codexHome);
  };
  return withSecondTry(await open(), open);
}

// helpers

/**
 * Opens once more where the sandbox could not be set up: a file the plan covers was gone before its mount was made.
 * The command has not run then, so a fresh plan is safe, unless somebody has typed into it or told it to end.
 */
function withSecondTry(first: LiveCommand, open: () => Promise<LiveCommand>): LiveCommand {
  let current = first;
  let touched = false;
  const again = async (end: LiveEnd): Promise<LiveEnd> => {
    if (touched || end.kind !== "notStarted" || !end.setup) return end;
    try {
      current = await open();
    } catch (error) {
      return { ...end, reason: error instanceof Error ? error.message : String(error) };
    }
    return await current.ended;
  };
  return {
    write: (text) => {
      touched = true;
      current.write(text);
    },
    end: () => {
      touched = true;
      current.end();
    },
    ended: first.ended.then(again),
  };
}

function openWithPipes(plan: SandboxPlan, request: StartRequest, onOutput: Receive, codexHome: string): LiveCommand {
  const child = spawnSandboxed(plan, { stdin: "ignore", codexHome });
  const drained = collect([child.stdout, child.stderr], onOutput);
  const ending = new Ending({
    pid: child.pid,
    ask: () => child.terminate("SIGTERM"),
    kill: () => child.kill(),
  });
  return {
    write: () => undefined,
    end: () => ending.begin(),
    ended: endOfPipes(child, drained, ending, plan, request),
  };
}

async function endOfPipes(
  child: SandboxedProcess,
  drained: () => Promise<void>,
  ending: Ending,
  plan: SandboxPlan,
  request: StartRequest,
): Promise<LiveEnd> {
  const outcome = await child.outcome;
  ending.done();
  await drained();
  return liveEnd(outcome, plan, request);
}

/** @returns waits until both streams have ended, or have been silent for a while after the command's own end */
function collect(streams: readonly (Readable | null)[], onOutput: Receive): () => Promise<void> {
  let lastAt = 0;
  const ends = streams.map(async (stream) => {
    if (stream === null) return;
    stream.on("data", (chunk: Buffer) => {
      lastAt = performance.now();
      onOutput(chunk);
    });
    await new Promise<void>((resolve) => {
      stream.once("close", resolve);
      stream.once("error", () => resolve()); // a pipe that breaks has nothing more to say
    });
  });
  return async () => {
    lastAt = Math.max(lastAt, performance.now());
    let timer: NodeJS.Timeout | undefined;
    const idle = new Promise<void>((resolve) => {
      const check = (): void => {
        const left = lastAt + IDLE_MS - performance.now();
        if (left <= 0) resolve();
        // What waits in a pipe while we are busy is read before the next check.
        else timer = setTimeout(() => setImmediate(check), left);
      };
      check();
    });
    await Promise.race([Promise.all(ends), idle]);
    clearTimeout(timer);
    for (const stream of streams) stream?.destroy();
  };
}

async function openOnTerminal(
  plan: SandboxPlan,
  request: StartRequest,
  onOutput: Receive,
  codexHome: string,
): Promise<LiveCommand> {
  const { openPty, PtySpawnError } = await import("@codex-ts/pty");
  const prepared = prepare(plan, codexHome);
  try {
    const pty = await openPty({
      argv: plan.argv,
      cwd: plan.cwd,
      env: plan.env,
      descriptors: prepared.descriptors,
      ...(plan.argv0 === undefined ? {} : { argv0: plan.argv0 }),
      ...TERMINAL_SIZE,
    });
    pty.onData(onOutput);
    // A shell on a terminal takes no notice of SIGTERM; a line that hangs up it does notice.
    const ending = new Ending({ pid: pty.pid, ask: () => pty.kill("SIGHUP"), kill: () => pty.kill("SIGKILL") });
    return {
      write: (text) => pty.write(text),
      end: () => ending.begin(),
      ended: pty.exited.then(({ code, signal }) => {
        ending.done();
        return liveEnd(prepared.finish({ code, signal: signalName(signal) }), plan, request);
      }),
    };
  } catch (error) {
    prepared.finish({ error: error instanceof Error ? error : new Error(String(error)) });
    if (error instanceof PtySpawnError) throw new CommandStartError(error.message, { cause: error });
    throw error;
  }
}

function prepare(plan: SandboxPlan, codexHome: string): PreparedPlan {
  try {
    return preparePlan(plan, codexHome);
  } catch (error) {
    throw new CommandStartError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** The terminal tells signals by the same names as the system does, but types them as text. */
function signalName(signal: string | null): NodeJS.Signals | null {
  return signal === null ? null : (KNOWN_SIGNALS.find((known) => known === signal) ?? "SIGKILL");
}

const KNOWN_SIGNALS: readonly NodeJS.Signals[] = [
  "SIGHUP",
  "SIGINT",
  "SIGQUIT",
  "SIGILL",
  "SIGTRAP",
  "SIGABRT",
  "SIGBUS",
  "SIGFPE",
  "SIGKILL",
  "SIGUSR1",
  "SIGSEGV",
  "SIGUSR2",
  "SIGPIPE",
  "SIGALRM",
  "SIGTERM",
  "SIGXCPU",
  "SIGXFSZ",
  "SIGSYS",
];

/** Ends a command once: it is asked, gets a moment, and is killed. */
class Ending {
  readonly #command: { pid: number | undefined; ask: () => void; kill: () => void };
  #grace: NodeJS.Timeout | undefined;
  #over = false;

  constructor(command: { pid: number | undefined; ask: () => void; kill: () => void }) {
    this.#command = command;
  }

  begin(): void {
    if (this.#over || this.#grace !== undefined) return;
    this.#command.ask();
    this.#grace = setTimeout(this.#command.kill, GRACE_MS);
  }

  /** The command has ended; of one that was told to end, nothing stays behind. */
  done(): void {
    this.#over = true;
    if (this.#grace === undefined) return;
    clearTimeout(this.#grace);
    killLeftBehind(this.#command.pid);
  }
}

function liveEnd(outcome: SandboxOutcome, plan: SandboxPlan, { sandbox }: StartRequest): LiveEnd {
  switch (outcome.type) {
    case "not-executable":
    case "not-sandboxed":
      return { kind: "notStarted", reason: outcome.reason, setup: outcome.type === "not-sandboxed" };
    case "exited":
      return {
        kind: "exited",
        exitCode: outcome.code,
        denied: (text) =>
          sandbox !== null &&
          looksDenied({ backend: plan.backend, outcome, networkOff: networkIsOff(sandbox.policy), text }),
        notices: noticesOf(plan, outcome),
      };
  }
}
