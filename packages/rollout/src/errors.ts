/** What can go wrong with session files, each with a text for a person and the way out. */

import type { ThreadId } from "@codex-ts/protocol";

/** Why session storage cannot be used. */
export type SessionStorageProblem = "permission" | "missing" | "blocked" | "not-a-folder" | "corrupt" | "other";

/** A session could not begin because its file could not be made. The whole message is what clients show. */
export class SessionStorageError extends Error {
  override readonly name = "SessionStorageError";
  readonly problem: SessionStorageProblem;
  /** The hint alone, without the system's words. */
  readonly hint: string;
  constructor(problem: SessionStorageProblem, hint: string, options: { cause: unknown }) {
    super(`Fatal error: ${hint} (underlying error: ${systemText(options.cause)})`, options);
    this.problem = problem;
    this.hint = hint;
  }
}

/** Says what a failed creation under `sessions` means for the user. */
export function sessionStorageError(cause: unknown, codexHome: string, sessions: string): SessionStorageError {
  switch (codeOf(cause)) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new SessionStorageError(
        "permission",
        `Codex cannot access session files at ${sessions} (permission denied). If sessions were created using sudo, fix ownership: sudo chown -R $(whoami) ${codexHome}`,
        { cause },
      );
    case "ENOENT":
      return new SessionStorageError(
        "missing",
        `Session storage missing at ${sessions}. Create the directory or choose a different Codex home.`,
        { cause },
      );
    case "EEXIST":
      return new SessionStorageError(
        "blocked",
        `Session storage path ${sessions} is blocked by an existing file. Remove or rename it so Codex can create sessions.`,
        { cause },
      );
    case "ENOTDIR":
    case "EISDIR":
      return new SessionStorageError(
        "not-a-folder",
        `Session storage path ${sessions} has an unexpected type. Ensure it is a directory Codex can use for session files.`,
        { cause },
      );
    case "EILSEQ":
    case "EINVAL":
      return new SessionStorageError(
        "corrupt",
        `Session data under ${sessions} looks corrupt or unreadable. Clearing the sessions directory may help (this will remove saved threads).`,
        { cause },
      );
    default:
      return new SessionStorageError("other", `Failed to initialize session: ${systemText(cause)}`, { cause });
  }
}

/** Another process, or another thread object of this one, writes the session file. */
export class RolloutLockedError extends Error {
  override readonly name = "RolloutLockedError";
  readonly id: ThreadId;
  /** The process that holds it; its host only when it is another one. */
  readonly holder: { pid: number; host: string | null };
  readonly lockPath: string;
  constructor(id: ThreadId, holder: { pid: number; host: string | null }, lockPath: string) {
    const who =
      holder.host === null
        ? holder.pid === process.pid
          ? "in this process"
          : `in process ${holder.pid}`
        : `in process ${holder.pid} on ${holder.host}`;
    super(
      `Session ${id} is open ${who}. Close it there first, or fork it. If nothing runs there any more, remove ${lockPath}.`,
    );
    this.id = id;
    this.holder = holder;
    this.lockPath = lockPath;
  }
}

/** A session file cannot be read, or holds no session. */
export class RolloutReadError extends Error {
  override readonly name = "RolloutReadError";
  readonly path: string;
  readonly problem: "empty" | "no-meta" | "unreadable";
  constructor(path: string, problem: "empty" | "no-meta" | "unreadable", options?: { cause: unknown }) {
    super(READ_TEXTS[problem] ?? systemText(options?.cause), options);
    this.path = path;
    this.problem = problem;
  }
}

const READ_TEXTS = {
  empty: "empty session file",
  "no-meta": "failed to parse thread ID from rollout file",
  unreadable: null,
} as const;

/** Lines could not be written; they are kept and tried again. Told once per outage. */
export class RecordingError extends Error {
  override readonly name = "RecordingError";
  readonly path: string;
  constructor(path: string, options: { cause: unknown }) {
    super(
      `The session file ${path} cannot be written (${systemText(options.cause)}). The session goes on; what is missing is kept in memory and written as soon as that works again.`,
      options,
    );
    this.path = path;
  }
}

/** A listing's cursor is not one of ours. */
export class InvalidCursorError extends Error {
  override readonly name = "InvalidCursorError";
  constructor(cursor: string) {
    super(`invalid cursor: ${cursor}`);
  }
}

/** The system's error code, such as `ENOSPC`. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

/** How the operating system names an error, in the form `Permission denied (os error 13)` that clients know. */
export function systemText(error: unknown): string {
  const code = codeOf(error);
  const known = code === null ? undefined : SYSTEM_TEXTS[code];
  if (known !== undefined) return `${known[0]} (os error ${known[1]})`;
  return error instanceof Error ? error.message : String(error);
}

const SYSTEM_TEXTS: Readonly<Record<string, readonly [string, number]>> = {
  EPERM: ["Operation not permitted", 1],
  ENOENT: ["No such file or directory", 2],
  EIO: ["Input/output error", 5],
  EACCES: ["Permission denied", 13],
  EEXIST: ["File exists", 17],
  ENOTDIR: ["Not a directory", 20],
  EISDIR: ["Is a directory", 21],
  EMFILE: ["Too many open files", 24],
  ENOSPC: ["No space left on device", 28],
  EROFS: ["Read-only file system", 30],
  EDQUOT: ["Disk quota exceeded", 122],
};
