/** Runs a program and gives its lines as they come; whatever ends the reading ends the program. */

import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from "node:child_process";
import { AbortError, CodexExitError, CodexNotFoundError } from "../errors.js";
import type { Executable } from "./executable.js";

/** Time that a program has to end in good order, in milliseconds. */
const GRACE = 5_000;

/** How much of stderr is kept, in characters. */
const KEPT_STDERR = 64 * 1024;

/** What to run. */
export interface ChildRun {
  executable: Executable;
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  /** All of stdin. */
  input: string;
  signal: AbortSignal | undefined;
}

/** The lines of stdout. @throws {CodexNotFoundError} {CodexExitError} {AbortError} after the lines */
export async function* childLines(run: ChildRun): AsyncGenerator<string> {
  const { executable, args, env, input, signal } = run;
  const child = spawn(executable.command, [...executable.prefix, ...args], { env, stdio: "pipe", windowsHide: true });
  const end = endOf(child, executable.command);
  const onAbort = (): void => terminate(child);
  signal?.addEventListener("abort", onAbort, { once: true });
  child.stdin.on("error", () => undefined); // it may end without reading; its exit says why
  child.stdin.end(input);
  try {
    yield* linesOf(child, signal);
    const { exitCode, exitSignal, stderr } = await end;
    if (signal?.aborted) throw new AbortError(signal);
    if (exitCode !== 0) throw new CodexExitError(exitCode, exitSignal, stderr);
  } finally {
    signal?.removeEventListener("abort", onAbort);
    terminate(child);
    await end.catch(() => undefined); // told above; here only that it is gone matters
  }
}

// helpers

interface ChildEnd {
  exitCode: number | null;
  exitSignal: NodeJS.Signals | null;
  stderr: string;
}

function endOf(child: ChildProcessWithoutNullStreams, command: string): Promise<ChildEnd> {
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-KEPT_STDERR);
  });
  const end = new Promise<ChildEnd>((resolve, reject) => {
    child.on("error", (error) => reject(new CodexNotFoundError(command, error)));
    child.on("close", (exitCode, exitSignal) => resolve({ exitCode, exitSignal, stderr }));
  });
  end.catch(() => undefined); // it may fail before anybody waits for it
  return end;
}

async function* linesOf(child: ChildProcessWithoutNullStreams, signal?: AbortSignal): AsyncGenerator<string> {
  let unfinished: string[] = [];
  try {
    for await (const chunk of child.stdout.setEncoding("utf8") as AsyncIterable<string>) {
      const [first = "", ...rest] = chunk.split("\n");
      unfinished.push(first);
      for (const next of rest) {
        yield unfinished.join("");
        unfinished = [next];
      }
    }
  } catch (error) {
    if (signal?.aborted) throw new AbortError(signal); // the pipe was torn down with the program
    throw error;
  }
  const last = unfinished.join("");
  if (last !== "") yield last;
}

/** SIGTERM, and SIGKILL for what does not listen. */
function terminate(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null || !child.kill("SIGTERM")) return;
  const timer = setTimeout(() => {
    child.kill("SIGKILL");
    child.stdout?.destroy(); // a process that it left behind may hold the pipe
    child.stderr?.destroy();
  }, GRACE);
  child.once("close", () => clearTimeout(timer));
}
