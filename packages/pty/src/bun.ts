/** The adapter for bun, and so for the executable: `Bun.spawn` with a terminal. Unix only. */

/// <reference types="bun-types" />

import { createOutput } from "./output.js";
import { DRAIN_MS, PtySpawnError } from "./pty.js";
import type { Pty, PtyExit } from "./pty.js";
import { signalGroup, signalName } from "./signals.js";
import type { SpawnRequest } from "./spawn-request.js";

/** Starts the child; throws {@link PtySpawnError} when bun cannot. */
export function spawnWithBun(request: SpawnRequest): Pty {
  const output = createOutput();
  const closed = Promise.withResolvers<void>();
  const child = start(request, {
    cols: request.cols,
    rows: request.rows,
    data: (_, bytes) => output.push(bytes),
    exit: () => closed.resolve(),
  });
  const { terminal } = child;
  if (terminal === undefined) throw new PtySpawnError("ENOTSUP", "bun gave the child no terminal");
  let ended = false;
  const end = async (): Promise<PtyExit> => {
    await child.exited;
    await within(DRAIN_MS, closed.promise);
    ended = true;
    terminal.close();
    const { signalCode, exitCode } = child;
    if (signalCode === null) return { code: exitCode, signal: null };
    return { code: null, signal: typeof signalCode === "number" ? signalName(signalCode) : signalCode };
  };
  return {
    pid: child.pid,
    write(data) {
      if (!ended && !terminal.closed) terminal.write(data instanceof Uint8Array ? new Uint8Array(data) : data);
    },
    resize(cols, rows) {
      if (!ended && !terminal.closed) terminal.resize(cols, rows);
    },
    onData: (receive) => output.onData(receive),
    exited: end(),
    kill(signal) {
      if (!ended) signalGroup(child.pid, signal);
    },
  };
}

function start({ file, args, argv0, cwd, env, descriptors }: SpawnRequest, terminal: Bun.TerminalOptions) {
  try {
    // The first three belong to the terminal, whatever stands there.
    const stdio: [null, null, null, ...number[]] = [null, null, null, ...descriptors];
    return Bun.spawn([file, ...args], { argv0, cwd, env: { ...env }, stdio, terminal });
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "EIO";
    throw new PtySpawnError(code, `${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Waits for `done`, but not longer than `ms`. */
async function within(ms: number, done: Promise<void>): Promise<void> {
  const limit = Promise.withResolvers<void>();
  const timer = setTimeout(limit.resolve, ms);
  await Promise.race([done, limit.promise]);
  clearTimeout(timer);
}
