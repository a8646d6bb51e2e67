/** Runs commands under the operating system's sandbox, collects their output, and ends what does not end by itself. */

import {
  looksDenied,
  networkIsOff,
  probeSandbox,
  SandboxRefusal,
  sandboxPlan,
  spawnSandboxed,
  type Backends,
  type SandboxedProcess,
  type SandboxOutcome,
  type SandboxPlan,
} from "@codex-ts/sandbox";
import type { SandboxPolicy } from "@codex-ts/protocol";
import { CommandStartError, type CommandRunner, type RunOutcome, type RunRequest } from "./command-runner.js";
import { OutputCapture, type OnOutput } from "./output-capture.js";

/** Exit code of a command that ran out of time. */
const TIMEOUT_EXIT = 124;
/** Between asking a command to end and killing it. */
const GRACE_MS = 500;
/** How long output is waited for after the command ended while something it started holds the pipe. */
const DRAIN_MS = 2_000;

/** What the runner needs to know. */
export interface SandboxedRunnerOptions {
  /** Our own standalone executable; undefined when we run as a Node bundle. */
  executable: string | undefined;
  codexHome: string;
  /** `$TMPDIR` of this process. */
  tmpdir: string | undefined;
}

/** The real runner. The machine is probed at the first command that needs a sandbox. */
export function sandboxedRunner(options: SandboxedRunnerOptions): CommandRunner {
  return {
    enforces: () => process.platform !== "win32",
    run: async (request, { signal, onOutput }) => {
      const plan = await planFor(request, options);
      return await runPlan(plan, request, { signal, onOutput, codexHome: options.codexHome });
    },
  };
}

// helpers

const BARE: SandboxPolicy = { type: "danger-full-access" };

async function planFor(request: RunRequest, options: SandboxedRunnerOptions): Promise<SandboxPlan> {
  const { codexHome, tmpdir, executable } = options;
  const policy = request.sandbox?.policy ?? BARE;
  const backends = request.sandbox === null ? UNPROBED : await probeSandbox({ executable, codexHome });
  const plan = sandboxPlan(
    {
      argv: request.argv,
      cwd: request.cwd,
      env: request.env,
      policy,
      policyCwd: request.sandbox?.cwd ?? request.cwd,
      codexHome,
      tmpdir,
    },
    backends,
  );
  if (plan instanceof SandboxRefusal) throw new CommandStartError(plan.message, { cause: plan });
  return plan;
}

/** A bare command needs no backend, so nothing is probed for it. */
const UNPROBED: Backends = {
  platform: "other",
  arch: process.arch,
  root: false,
  bubblewrap: { ready: false, reason: "not probed" },
  landlock: { ready: false, reason: "not probed" },
  seatbelt: { ready: false, reason: "not probed" },
  windows: { ready: false, reason: "not probed" },
};

async function runPlan(
  plan: SandboxPlan,
  request: RunRequest,
  { signal, onOutput, codexHome }: { signal: AbortSignal; onOutput: OnOutput; codexHome: string },
): Promise<RunOutcome> {
  const startedAt = performance.now();
  const capture = new OutputCapture(onOutput);
  const child = spawnSandboxed(plan, { stdin: request.stdin === undefined ? "ignore" : "pipe", codexHome });
  const drained = collect(child, capture);
  feed(child, request.stdin);
  const limit = watch(child, request.timeoutMs, signal);
  const outcome = await child.outcome;
  limit.stop();
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

/** @returns waits for the end of both streams, but not longer than it is told to after the command ended */
function collect(child: SandboxedProcess, capture: OutputCapture): (limitMs: number) => Promise<void> {
  const streams = (["stdout", "stderr"] as const).map(async (name) => {
    const stream = child[name];
    if (stream === null) return;
    stream.on("data", (chunk: Buffer) => {
      // Of what both streams hold at the same time stdout comes first: a program's result before its remarks.
      if (name === "stdout") capture.take(name, chunk);
      else queueMicrotask(() => capture.take(name, chunk));
    });
    await new Promise<void>((resolve) => {
      stream.once("close", resolve);
      stream.once("error", () => resolve()); // a pipe that breaks has nothing more to say
    });
  });
  const ended = Promise.all(streams);
  return async (limitMs) => {
    const timer = Promise.withResolvers<void>();
    const timeout = setTimeout(timer.resolve, limitMs);
    await Promise.race([ended, timer.promise]);
    clearTimeout(timeout);
    child.stdout?.destroy();
    child.stderr?.destroy();
  };
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
): { stop: () => void; timedOut: () => boolean } {
  let timedOut = false;
  let grace: NodeJS.Timeout | undefined;
  const end = (): void => {
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
    timedOut: () => timedOut,
  };
}

function judge(outcome: SandboxOutcome, plan: SandboxPlan): { exitCode: number; notices: string[] } {
  switch (outcome.type) {
    case "not-executable":
    case "not-sandboxed":
      throw new CommandStartError(outcome.reason);
    case "exited": {
      const tampered = outcome.tampered.map(
        (path) => `The command changed ${path}, which is protected. Treat its content as untrusted.`,
      );
      return { exitCode: outcome.code, notices: [...plan.notices, ...tampered] };
    }
  }
}
