/** A child process with all that it starts: one owner, ended politely, and never left behind. */

import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { statSync } from "node:fs";
import { windowsCall } from "./windows-program.js";

/** What to start. */
export interface ChildProgram {
  command: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
}

/** How a child ended. */
export interface ChildEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** How long a child may take to end by itself, first without stdin, then after TERM. */
const GRACE_MS = 500;

/** How long what a child wrote last may take to arrive after its end. */
const DRAIN_MS = 100;

/** A child that leads a process group of its own. */
export class ChildTree {
  readonly process: ChildProcessWithoutNullStreams;
  /** Resolves when the child has ended and what it wrote has arrived. */
  readonly ended: Promise<ChildEnd>;
  #closing: Promise<void> | null = null;

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.process = child;
    this.ended = endOf(child);
  }

  /** @throws the operating system's error when the program cannot be started */
  static async start(program: ChildProgram): Promise<ChildTree> {
    const child = spawnGroup(program);
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      // It stays: later errors (a signal that could not be sent) are told by what then does not happen.
      child.on("error", reject);
    });
    const tree = new ChildTree(child);
    own(tree);
    return tree;
  }

  /** Closes stdin, waits, sends TERM, waits, kills; then whatever the child has left behind. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** Ends the whole group at once. */
  kill(): void {
    this.#signal("SIGKILL");
  }

  async #close(): Promise<void> {
    this.process.stdin.end();
    if (!(await within(this.ended, GRACE_MS))) {
      this.#signal("SIGTERM");
      await within(this.ended, GRACE_MS);
    }
    // Also after a good end: what the child started is of no use to anybody now.
    this.#signal("SIGKILL");
    await within(this.ended, GRACE_MS);
    disown(this);
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.process;
    if (pid === undefined) return;
    try {
      if (process.platform === "win32") {
        if (signal === "SIGKILL") spawn("taskkill", ["/pid", String(pid), "/t", "/f"], { stdio: "ignore" }).unref();
        else this.process.kill(signal);
      } else process.kill(-pid, signal);
    } catch {
      // ESRCH: the group is gone, which is what was wanted. EPERM: all that is left of it belongs to somebody else.
    }
  }
}

// helpers

function spawnGroup({ command, args, env, cwd }: ChildProgram): ChildProcessWithoutNullStreams {
  const windows = process.platform === "win32";
  const call = windows ? windowsCall(command, args, env, isFile) : { command, args: [...args], verbatim: false };
  return spawn(call.command, call.args, {
    cwd,
    env,
    stdio: ["pipe", "pipe", "pipe"],
    // A group of its own, so that Ctrl-C in the terminal is ours to handle and the whole tree can be ended.
    detached: !windows,
    windowsHide: true,
    windowsVerbatimArguments: call.verbatim,
  });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** A grandchild may hold the pipes open for ever, so `close` is waited for only a little. */
function endOf(child: ChildProcessWithoutNullStreams): Promise<ChildEnd> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      const timer = setTimeout(() => resolve({ code, signal }), DRAIN_MS);
      child.once("close", () => {
        clearTimeout(timer);
        resolve({ code, signal });
      });
    });
  });
}

async function within(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Trees that live: they are killed when this process ends, however it ends short of a kill of its own. */
const living = new Set<ChildTree>();
let reaping = false;

function own(tree: ChildTree): void {
  living.add(tree);
  if (reaping) return;
  reaping = true;
  process.on("exit", () => {
    for (const each of living) each.kill();
  });
}

function disown(tree: ChildTree): void {
  living.delete(tree);
}
