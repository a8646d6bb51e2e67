/** Opens a pseudo-terminal: checks what is asked for, picks the adapter, ties the child to the abort signal. */

import { access, constants, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { PtySpawnError } from "./pty.js";
import type { Pty, PtyOptions } from "./pty.js";
import type { SpawnRequest } from "./spawn-request.js";

/**
 * Starts `argv` on a new pseudo-terminal.
 * @throws {PtySpawnError} no program, no such program or folder, not executable, a size that is none
 * @throws the signal's reason when it is already aborted
 */
export async function openPty(options: PtyOptions): Promise<Pty> {
  const { signal } = options;
  const request = await checked(options);
  const spawn = await loadAdapter();
  signal?.throwIfAborted();
  const pty = await spawn(request);
  if (signal !== undefined) {
    const kill = () => pty.kill("SIGKILL");
    if (signal.aborted) kill();
    signal.addEventListener("abort", kill, { once: true });
    void pty.exited.then(() => signal.removeEventListener("abort", kill));
  }
  return pty;
}

async function checked(options: PtyOptions): Promise<SpawnRequest> {
  const { argv, argv0, cwd, env, cols, rows, descriptors = [] } = options;
  const [program, ...args] = argv;
  if (program === undefined || program === "") throw new PtySpawnError("EINVAL", "missing program for PTY spawn");
  if (![cols, rows].every((size) => Number.isInteger(size) && size > 0 && size < 0x1_0000)) {
    throw new PtySpawnError("EINVAL", `a terminal of ${cols} x ${rows} cells is not possible`);
  }
  if (argv.some((word) => word.includes("\0"))) throw new PtySpawnError("EINVAL", "an argument contains a NUL byte");
  await requireFolder(cwd);
  const file = await findProgram(program, cwd, env);
  return {
    file,
    args,
    argv0: argv0 ?? program,
    renamed: argv0 !== undefined,
    descriptors,
    cwd,
    env: { TERM: "xterm-256color", ...env, PWD: cwd },
    cols,
    rows,
  };
}

async function requireFolder(cwd: string): Promise<void> {
  const found = await stat(cwd).catch((error: unknown) => {
    throw spawnError(error, `working folder ${cwd}`);
  });
  if (!found.isDirectory()) throw new PtySpawnError("ENOTDIR", `working folder ${cwd}: Not a directory`);
}

/** The adapters fail differently, or silently in the child, when a program is missing; so it is looked for here. */
async function findProgram(program: string, cwd: string, env: Readonly<Record<string, string>>): Promise<string> {
  if (/[\\/]/.test(program)) return await requireExecutable(resolve(cwd, program));
  for (const folder of (env["PATH"] ?? env["Path"] ?? "").split(delimiter)) {
    for (const name of process.platform === "win32" ? [`${program}.exe`, program] : [program]) {
      const path = isAbsolute(folder) ? join(folder, name) : resolve(cwd, folder, name);
      if (await isExecutable(path)) return path;
    }
  }
  throw new PtySpawnError("ENOENT", `${program}: No such file or directory (os error 2)`);
}

async function requireExecutable(path: string): Promise<string> {
  await access(path, constants.X_OK).catch((error: unknown) => {
    throw spawnError(error, path);
  });
  if ((await stat(path)).isDirectory()) throw new PtySpawnError("EACCES", `${path}: Permission denied (os error 13)`);
  return path;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await requireExecutable(path);
    return true;
  } catch {
    // Not this one; the next folder of PATH may have it.
    return false;
  }
}

function spawnError(cause: unknown, what: string): PtySpawnError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "EIO";
  const reason = REASONS[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new PtySpawnError(code, `${what}: ${reason}`, { cause });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "No such file or directory (os error 2)",
  EACCES: "Permission denied (os error 13)",
  ENOTDIR: "Not a directory (os error 20)",
};

/** Native addons do not work inside the executable, and Node has no terminals of its own: one adapter for each. */
async function loadAdapter(): Promise<(request: SpawnRequest) => Pty | Promise<Pty>> {
  if (process.versions["bun"] !== undefined) return (await import("./bun.js")).spawnWithBun;
  return (await import("./node.js")).spawnWithNode;
}
