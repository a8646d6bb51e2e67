/** What a pseudo-terminal with a child process is, whichever adapter provides it. */

/** What to run on a new pseudo-terminal. */
export interface PtyOptions {
  /** Program and arguments; the program is a path, or a name that is looked for in the PATH of `env`. */
  argv: readonly string[];
  /** Absolute path of an existing folder. */
  cwd: string;
  /** The child's whole environment. `PWD` is set to `cwd`; `TERM` becomes `xterm-256color` where it is missing. */
  env: Readonly<Record<string, string>>;
  /** Width in cells; at least 1. */
  cols: number;
  /** Height in cells; at least 1. */
  rows: number;
  /** What the child is told to be called, where that is not `argv[0]`. Only under bun. */
  argv0?: string;
  /**
   * Open descriptors of this process that the child finds as 3, 4, and so on. Under Node on Linux only, where
   * each is opened anew and so read from its start; elsewhere under Node it is refused.
   */
  descriptors?: readonly number[];
  /** When aborted, the child's whole process group is killed (SIGKILL). */
  signal?: AbortSignal;
}

/** How a child ended: one of the two is null. */
export interface PtyExit {
  /** The exit code; null when a signal ended the child. */
  code: number | null;
  /** The name of the signal, such as `SIGKILL`. */
  signal: string | null;
}

/** A child process on a pseudo-terminal of its own, leading a session and a process group. */
export interface Pty {
  /** Process id of the child, and id of its process group. */
  readonly pid: number;
  /** Sends input; text as UTF-8. It is queued, never cut; after the end it is dropped. */
  write(data: string | Uint8Array): void;
  /** Tells the child a new size (SIGWINCH). */
  resize(cols: number, rows: number): void;
  /**
   * Receives output as the terminal delivers it: raw bytes, cut anywhere, also inside a character.
   * One receiver; what came before it was set is delivered to it first.
   */
  onData(receive: (bytes: Uint8Array) => void): void;
  /**
   * Resolves when the child has ended and its output has been delivered. Never rejects. A process that stays
   * behind with the terminal open delays this by at most 200 ms; then the terminal is closed.
   */
  readonly exited: Promise<PtyExit>;
  /** Sends a signal to the child's whole process group; does nothing after the end. Windows: ends the child. */
  kill(signal: NodeJS.Signals): void;
}

/** The child could not be started. */
export class PtySpawnError extends Error {
  override readonly name = "PtySpawnError";
  /** The system's name for the reason, such as `ENOENT`; `EINVAL` for arguments that make no sense. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** How long a process left behind may keep the terminal open after the child has ended, in milliseconds. */
export const DRAIN_MS = 200;
