/** Carries out a plan: files and descriptors first, then the process, then the tidying up. */

import { type ChildProcess, spawn } from "node:child_process";
import type { AbsolutePath } from "@codex-ts/protocol";
import type { SandboxPlan } from "../plan/plan.js";
import { connect, type Connections, type InputKind, type Streams } from "./connections.js";
import type { SandboxOutcome } from "./outcome.js";
import { forgetGroup, rememberGroup, signalDescendants, signalGroup } from "./process-groups.js";
import { type PreparedPlan, preparePlan } from "./preparation.js";
import { judgeExit, type ProcessEnd } from "./judge-exit.js";

/** How a command is connected. */
export interface SpawnOptions {
  /** `pipe` gives `SandboxedProcess.stdin`; `inherit` hands our own three streams on and starts no new session. */
  stdin?: InputKind;
  /** Aborting kills the command and everything it has started. */
  signal?: AbortSignal;
  /** Where leftovers of killed runs are recorded; see MountPoints. */
  codexHome: AbsolutePath;
}

/** A running command. */
export interface SandboxedProcess extends Streams {
  /** Leader of the command's session and process group; undefined when it could not be started at all. */
  pid: number | undefined;
  /** When the command has ended; its pipes may still hold output, or be held open by what it left running (not under bubblewrap). Never rejects. */
  outcome: Promise<SandboxOutcome>;
  /** Asks the command and all it has started to end (SIGTERM unless said otherwise), leaving the sandbox around them up. */
  terminate(signal?: NodeJS.Signals): void;
  /** Kills everything at once. */
  kill(): void;
}

/** Starts the plan's command. Failures to start are told by `outcome`. */
export function spawnSandboxed(plan: SandboxPlan, options: SpawnOptions): SandboxedProcess {
  const prepared = prepare(plan, options.codexHome);
  if ("error" in prepared) {
    return notStarted(judgeExit(plan, prepared, "", () => []));
  }
  const started = start(plan, options.stdin ?? "ignore", prepared.descriptors);
  if ("error" in started) {
    return notStarted(prepared.finish(started));
  }
  const { child, streams } = started;
  if (child.pid !== undefined) {
    rememberGroup(child.pid);
  }
  const outcome = ended(child, plan).then(prepared.finish);
  const kill = (): void => signalAll(child, "SIGKILL");
  killOnAbort(options.signal, kill, outcome);
  return {
    pid: child.pid,
    ...streams,
    outcome,
    kill,
    terminate: (signal = "SIGTERM") => terminate(plan, child, signal),
  };
}

function prepare(plan: SandboxPlan, codexHome: AbsolutePath): PreparedPlan | { error: Error } {
  try {
    return preparePlan(plan, codexHome);
  } catch (error) {
    return { error: asError(error) };
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

type Started = { child: ChildProcess; streams: Streams } | { error: Error };

/** Some failures are thrown by the runtime, others come as an event of the child: both end up in the outcome. */
function start(plan: SandboxPlan, kind: InputKind, descriptors: readonly number[]): Started {
  let connections: Connections | undefined;
  try {
    connections = connect(kind);
    const [program = "", ...args] = plan.argv;
    const child = spawn(program, args, {
      cwd: plan.cwd,
      env: { ...plan.env },
      // A session of its own: no terminal to type into, one group to kill.
      detached: kind !== "inherit",
      stdio: [...connections.stdio, ...descriptors],
      ...(plan.argv0 === undefined ? {} : { argv0: plan.argv0 }),
    });
    return { child, streams: connections.streams(child) };
  } catch (error) {
    connections?.abandon();
    return { error: asError(error) };
  }
}

function notStarted(outcome: SandboxOutcome): SandboxedProcess {
  const nothing = (): void => undefined;
  return {
    pid: undefined,
    stdin: null,
    stdout: null,
    stderr: null,
    outcome: Promise.resolve(outcome),
    kill: nothing,
    terminate: nothing,
  };
}

function ended(child: ChildProcess, plan: SandboxPlan): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.once("error", (error) => {
      if (child.pid === undefined) {
        resolve({ error });
      }
    });
    child.once("exit", (code, signal) => {
      if (child.pid !== undefined) {
        forgetGroup(child.pid);
        if (plan.backend !== "none") {
          // What a sandboxed command leaves running ends with it; a bare one may start a server and go.
          signalGroup(child.pid, "SIGKILL");
        }
      }
      resolve({ code, signal });
    });
  });
}

function terminate(plan: SandboxPlan, child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) {
    return;
  }
  if (plan.backend === "bubblewrap") {
    // The group's first two generations are bubblewrap itself, which would take the command down without warning.
    signalDescendants(child.pid, 2, signal);
  } else {
    signalAll(child, signal);
  }
}

/** The command's group, or with inherited streams, where it shares ours, the command alone. */
function signalAll(child: ChildProcess, signal: NodeJS.Signals): void {
  const running = child.exitCode === null && child.signalCode === null;
  if (running && child.pid !== undefined && !signalGroup(child.pid, signal)) {
    child.kill(signal);
  }
}

function killOnAbort(signal: AbortSignal | undefined, kill: () => void, outcome: Promise<unknown>): void {
  if (signal === undefined) {
    return;
  }
  if (signal.aborted) {
    kill();
    return;
  }
  signal.addEventListener("abort", kill, { once: true });
  void outcome.then(() => signal.removeEventListener("abort", kill));
}
