/** The process as programs see it: streams, signals, and how it starts itself again. */

import { fstatSync, readSync, statSync, writeSync } from "node:fs";

/** How the running program can be started again. */
export interface OwnProgram {
  /** Our standalone executable; undefined when we run as a Node bundle. */
  executable: string | undefined;
  /** argv that runs the patch program on stdin. */
  patchProgram: readonly string[];
}

/** How much something matters. */
export type LogLevel = "error" | "warn" | "info" | "debug";

/** What a program works with; a test gives its own. */
export interface Program {
  cwd: string;
  /** With CODEX_HOME's dotenv in it. */
  env: Readonly<Record<string, string | undefined>>;
  self: OwnProgram;
  stdout(text: string): void;
  stderr(text: string): void;
  stdinIsTerminal(): boolean;
  stdoutIsTerminal(): boolean;
  stderrIsTerminal(): boolean;
  /** Width of the terminal behind stderr; 80 when there is none. */
  stderrColumns(): number;
  /** All of stdin, to its end. */
  readStdin(): Promise<Uint8Array>;
  /** Hears SIGINT, SIGTERM and SIGHUP with the exit code that goes with each. @returns a function that ends it */
  onSignals(listener: (signal: NodeJS.Signals, exitCode: number) => void): () => void;
  /** Ends the process at once. */
  exit(code: number): never;
  /** Writes to the log on stderr when the level is asked for by RUST_LOG. */
  log(level: LogLevel, text: string): void;
}

const SIGNAL_EXITS: readonly [NodeJS.Signals, number][] = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
];

/**
 * The real process. Streams are written by descriptor: setting up `process.stdout` costs 5 ms.
 * @param write to a descriptor; for tests
 */
export function processProgram(
  env: Readonly<Record<string, string | undefined>>,
  self: OwnProgram,
  write: (fd: number, text: string) => void = writeAll,
): Program {
  return {
    cwd: process.cwd(),
    env,
    self,
    stdout: (text) => write(1, text),
    stderr: (text) => write(2, text),
    stdinIsTerminal: () => isTerminal(0),
    stdoutIsTerminal: () => isTerminal(1),
    stderrIsTerminal: () => isTerminal(2),
    // Only a terminal is asked: setting up process.stderr takes time.
    stderrColumns: () => (isTerminal(2) ? process.stderr.columns : 0) || 80,
    readStdin,
    onSignals,
    exit: (code) => process.exit(code),
    log: (level, text) => {
      if (isLogged(level, env["RUST_LOG"])) write(2, `${new Date().toISOString()} ${level.toUpperCase()} ${text}\n`);
    },
  };
}

/** Whether a descriptor is a terminal. Most are not, which is seen without loading node:tty: that takes a fifth of a start. */
function isTerminal(fd: number): boolean {
  if (process.platform !== "win32" && !isDevice(fd)) return false;
  return process.getBuiltinModule("node:tty").isatty(fd);
}

/** A character device that is not the null device. */
function isDevice(fd: number): boolean {
  try {
    const found = fstatSync(fd);
    return found.isCharacterDevice() && found.rdev !== statSync("/dev/null").rdev;
  } catch {
    return false; // it is closed
  }
}

/** Writes everything, also to a pipe that is full for the moment. When stdout's reader is gone, the program ends quietly. */
export function writeAll(fd: number, text: string): void {
  let bytes: Uint8Array = Buffer.from(text, "utf8");
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(fd, bytes));
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EPIPE" && fd === 1) process.exit(141);
      if (code !== "EAGAIN") return; // a closed stderr must not end the work
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4));

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for (;;) {
    const chunk = Buffer.alloc(65_536);
    try {
      const read = readSync(0, chunk, 0, chunk.length, null);
      if (read === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, read));
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EOF") return Buffer.concat(chunks);
      if (code !== "EAGAIN") throw error;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
}

function onSignals(listener: (signal: NodeJS.Signals, exitCode: number) => void): () => void {
  const handlers = SIGNAL_EXITS.map(([signal, code]) => {
    const handler = (): void => listener(signal, code);
    process.on(signal, handler);
    return [signal, handler] as const;
  });
  return () => handlers.forEach(([signal, handler]) => process.off(signal, handler));
}

/** `RUST_LOG` as the original's users set it: a level for everything; errors unless it says otherwise. */
function isLogged(level: LogLevel, setting: string | undefined): boolean {
  const order = ["off", "error", "warn", "info", "debug", "trace"];
  const wanted = order.find((name) => setting?.toLowerCase().split(",").includes(name)) ?? "error";
  return order.indexOf(level) <= order.indexOf(wanted);
}
