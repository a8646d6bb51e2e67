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
  type OpenObserver,
  type OpenRequest,
  type StartRequest,
} from "../command-runner.js";
import { killLeftBehind } from "../left-behind.js";
import { withSecondTry } from "./second-try.js";

const TERMINAL_SIZE = { cols: 80, rows: 24 };
/** Between asking a command to end and killing it. */
const GRACE_MS = 500;
/** A command is over when it has ended and nothing came for this long, though something holds its pipes. */
const IDLE_MS = 100;
/** Output is not waited for longer than this after the command has ended, however busy what it started is. */
const DRAIN_MS = 2_000;

type Receive = (chunk: Uint8Array) => void;

/** See {@link CommandRunner.open}. */
export async function openCommand(
  request: OpenRequest,
  { signal, onOutput }: OpenObserver,
  options: SandboxedRunnerOptions,
): Promise<LiveCommand | null> {
  const open = async (unwanted: AbortSignal): Promise<LiveCommand | null> => {
    const plan = await planFor(request, request.tty, options);
    // The first plan probes the machine, which takes a while.
    if (unwanted.aborted) return null;
    return request.tty
      ? await openOnTerminal(plan, request, onOutput, options.codexHome)
      : openWithPipes(plan, request, onOutput, options.codexHome);
  };
  const first = await open(signal);
  return first === null ? null : withSecondTry(first, open);
}

// helpers

function openWithPipes(plan: SandboxPlan, request: StartRequest, onOutput: Receive, codexHome: string): LiveCommand {
  const child = spawnSandboxed(plan, { stdin: "ignore", codexHome });
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  const drained = collect(streams, onOutput);
  const ending = new Ending({
    pid: child.pid,
    ask: () => child.terminate("SIGTERM"),
    kill: () => child.kill(),
    cut: () => destroy(streams),
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
  ending.leaderEnded();
  await drained();
  ending.over();
  return liveEnd(outcome, plan, request);
}

/**
 * @returns waits until the streams have ended, or have been silent for a while after the command's own end, or have gone
 *   on for too long after it
 */
function collect(streams: readonly Readable[], onOutput: Receive): () => Promise<void> {
  let lastAt = 0;
  const ends = streams.map(async (stream) => {
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
    const endedAt = performance.now();
    lastAt = endedAt;
    let timer: NodeJS.Timeout | undefined;
    const idle = new Promise<void>((resolve) => {
      const check = (): void => {
        const left = Math.min(lastAt + IDLE_MS, endedAt + DRAIN_MS) - performance.now();
        if (left <= 0) resolve();
        // What waits in a pipe while we are busy is read before the next check.
        else timer = setTimeout(() => setImmediate(check), left);
      };
      check();
    });
    await Promise.race([Promise.all(ends), idle]);
    clearTimeout(timer);
    destroy(streams);
  };
}

function destroy(streams: readonly Readable[]): void {
  for (const stream of streams) stream.destroy();
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
    const ending = new Ending({
      pid: pty.pid,
      ask: () => pty.kill("SIGHUP"),
      kill: () => pty.kill("SIGKILL"),
      cut: () => undefined, // the terminal is closed soon after its leader's end
    });
    return {
      write: (text) => pty.write(text),
      end: () => ending.begin(),
      ended: pty.exited.then(({ code, signal }) => {
        ending.leaderEnded();
        ending.over();
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

/** What an ending does to a command. */
interface Endable {
  pid: number | undefined;
  ask: () => void;
  kill: () => void;
  /** Waits for no more output. */
  cut: () => void;
}

/** Ends a command once: it is asked, gets a moment, and is killed. Of one that was told to end, nothing stays behind. */
class Ending {
  readonly #command: Endable;
  #stage: "running" | "told" | "draining" | "over" = "running";
  #grace: NodeJS.Timeout | undefined;

  constructor(command: Endable) {
    this.#command = command;
  }

  begin(): void {
    switch (this.#stage) {
      case "running":
        this.#stage = "told";
        this.#command.ask();
        this.#grace = setTimeout(this.#command.kill, GRACE_MS);
        return;
      case "draining":
        this.#stage = "over";
        killLeftBehind(this.#command.pid);
        this.#command.cut();
        return;
      case "told":
      case "over":
        return;
    }
  }

  /** The command itself has ended; what it started may go on and write. */
  leaderEnded(): void {
    const wasTold = this.#stage === "told";
    this.#stage = wasTold ? "over" : "draining";
    clearTimeout(this.#grace);
    if (wasTold) killLeftBehind(this.#command.pid);
  }

  /** Its output was taken: there is nothing left that could be ended, and its number may be another's. */
  over(): void {
    this.#stage = "over";
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
