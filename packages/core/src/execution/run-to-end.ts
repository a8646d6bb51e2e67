/** Runs a command under the sandbox to its end: collects its output, and ends what does not end by itself. */

import {
  looksDenied,
  networkIsOff,
  spawnSandboxed,
  type SandboxedProcess,
  type SandboxOutcome,
  type SandboxPlan,
} from "@codex-ts/sandbox";
import { constants } from "node:os";
import type { Readable } from "node:stream";
import { noticesOf, planFor, type SandboxedRunnerOptions } from "./command-plan.js";
import { CommandStartError, type RunOutcome, type RunRequest } from "./command-runner.js";
import { killLeftBehind } from "./left-behind.js";
import { OutputCapture, type OnOutput } from "./output-capture.js";

/** Exit code of a command that ran out of time. */
const TIMEOUT_EXIT = 124;
/** Between asking a command to end and killing it. */
const GRACE_MS = 500;
/** How long output is waited for after the command ended while something it started holds the pipe. */
const DRAIN_MS = 2_000;

/** Of a command that was told to end before it had begun: as if the first signal had ended it at once. */
const NOT_STARTED: RunOutcome = {
  stdout: "",
  stderr: "",
  aggregated: "",
  exitCode: 128 + constants.signals.SIGTERM,
  durationMs: 0,
  timedOut: false,
  denied: false,
  notices: [],
};

/** Who stops the command, and who hears of its output. */
export interface RunObserver {
  signal: AbortSignal;
  onOutput: OnOutput;
}

/** Runs the command. @throws {CommandStartError} */
export async function runToEnd(
  request: RunRequest,
  observer: RunObserver,
  options: SandboxedRunnerOptions,
): Promise<RunOutcome> {
  const attempt = async (): Promise<RunOutcome> => {
    const plan = await planFor(request, false, options);
    // The first plan probes the machine, which takes a while.
    if (observer.signal.aborted) return NOT_STARTED;
    return await runPlan(plan, request, { ...observer, ...options });
  };
  try {
    return await attempt();
  } catch (error) {
    // A file the plan covers was gone before its mount was made. The command has not run, so a fresh plan is safe.
    if (!(error instanceof SandboxSetupError) || observer.signal.aborted) throw error;
    return await attempt();
  }
}

// helpers

/** The sandbox could not be set up, so nothing of the command ran. */
class SandboxSetupError extends CommandStartError {}

async function runPlan(
  plan: SandboxPlan,
  request: RunRequest,
  { signal, onOutput, codexHome, congestion }: RunObserver & SandboxedRunnerOptions,
): Promise<RunOutcome> {
  const startedAt = performance.now();
  const capture = new OutputCapture(onOutput);
  const child = spawnSandboxed(plan, { stdin: request.stdin === undefined ? "ignore" : "pipe", codexHome });
  const drained = collect(child, capture, { signal, ...(congestion === undefined ? {} : { congestion }) });
  feed(child, request.stdin);
  const limit = watch(child, request.timeoutMs, signal);
  const outcome = await child.outcome;
  limit.stop();
  // Of a command that was told to end, nothing that took no notice stays behind.
  if (limit.ended()) killLeftBehind(child.pid);
  await drained(DRAIN_MS);
  const output = capture.end();
  const durationMs = performance.now() - startedAt;
  const { exitCode, notices } = judge(outcome, plan);
  return {
    ...output,
    exitCode: limit.timedOut() ? TIMEOUT_EXIT : exitCode,
    durationMs,
    timedOut: limit.timedOut(),
    denied:
      request.sandbox !== null &&
      !limit.timedOut() &&
      looksDenied({
        backend: plan.backend,
        outcome,
        networkOff: networkIsOff(request.sandbox.policy),
        text: output.aggregated,
      }),
    notices,
  };
}

/**
 * Reads both streams, and pauses while whoever hears of output cannot take more.
 * @returns waits for the end of both streams, but not longer than it is told to after the command ended
 */
function collect(
  child: SandboxedProcess,
  capture: OutputCapture,
  { signal, congestion }: { signal: AbortSignal; congestion?: () => Promise<unknown> | null },
): (limitMs: number) => Promise<void> {
  let jam: Promise<unknown> | null = null;
  const cut = Promise.withResolvers<void>();
  const onAbort = (): void => cut.resolve();
  signal.addEventListener("abort", onAbort);
  const pauseIn = (stream: Readable): void => {
    const found = signal.aborted ? null : (congestion?.() ?? null);
    if (found === null) return;
    stream.pause();
    const over = Promise.race([found, cut.promise]).then(() => {
      if (jam === over) jam = null;
      stream.resume();
    });
    jam = over;
  };
  const streams = (["stdout", "stderr"] as const).map(async (name) => {
    const stream = child[name];
    if (stream === null) return;
    stream.on("data", (chunk: Buffer) => {
      // Of what both streams hold at the same time stdout comes first: a program's result before its remarks.
      if (name === "stdout") capture.take(name, chunk);
      else queueMicrotask(() => capture.take(name, chunk));
      pauseIn(stream);
    });
    await new Promise<void>((resolve) => {
      stream.once("close", resolve);
      stream.once("error", () => resolve()); // a pipe that breaks has nothing more to say
    });
  });
  const ended = Promise.all(streams);
  return async (limitMs) => {
    // What is left in the pipes is not given up because it cannot be passed on yet.
    for (let over = false; !over;) {
      await Promise.race([ended, jam]);
      over = (await within(limitMs, ended)) || jam === null;
    }
    signal.removeEventListener("abort", onAbort);
    child.stdout?.destroy();
    child.stderr?.destroy();
  };
}

/** Whether it ended in time. */
async function within(milliseconds: number, ended: Promise<unknown>): Promise<boolean> {
  const timer = Promise.withResolvers<boolean>();
  const timeout = setTimeout(() => timer.resolve(false), milliseconds);
  const inTime = await Promise.race([ended.then(() => true), timer.promise]);
  clearTimeout(timeout);
  return inTime;
}

function feed(child: SandboxedProcess, text: string | undefined): void {
  if (text === undefined || child.stdin === null) return;
  child.stdin.on("error", () => undefined); // a program may end without reading its input
  child.stdin.end(text);
}

/** Ends the command when its time is up or the turn is cut short: first it is asked, then it is killed. */
function watch(
  child: SandboxedProcess,
  timeoutMs: number | null,
  signal: AbortSignal,
): { stop: () => void; ended: () => boolean; timedOut: () => boolean } {
  let ended = false;
  let timedOut = false;
  let grace: NodeJS.Timeout | undefined;
  const end = (): void => {
    ended = true;
    child.terminate("SIGTERM");
    grace ??= setTimeout(() => child.kill(), GRACE_MS);
  };
  const timer =
    timeoutMs === null
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          end();
        }, timeoutMs);
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
  return {
    stop: () => {
      clearTimeout(timer);
      clearTimeout(grace);
      signal.removeEventListener("abort", end);
    },
    ended: () => ended,
    timedOut: () => timedOut,
  };
}

function judge(outcome: SandboxOutcome, plan: SandboxPlan): { exitCode: number; notices: string[] } {
  switch (outcome.type) {
    case "not-executable":
      throw new CommandStartError(outcome.reason);
    case "not-sandboxed":
      throw new SandboxSetupError(outcome.reason);
    case "exited":
      return { exitCode: outcome.code, notices: noticesOf(plan, outcome) };
  }
}
