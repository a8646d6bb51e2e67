/** What a run can end with instead of a result. */

/** The turn failed; the message is the reason that Codex gave. */
export class TurnFailedError extends Error {
  override readonly name = "TurnFailedError";
}

/** The caller's signal ended the turn; `cause` is the signal's reason. */
export class AbortError extends Error {
  override readonly name = "AbortError";
  readonly code = "ABORT_ERR";

  constructor(signal: AbortSignal) {
    super("The operation was aborted", { cause: signal.reason });
  }
}

/** The program ended in a way that says that something is wrong. */
export class CodexExitError extends Error {
  override readonly name = "CodexExitError";
  /** null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The end of what it wrote there. */
  readonly stderr: string;

  constructor(exitCode: number | null, signal: string | null, stderr: string) {
    super(`Codex Exec exited with ${signal === null ? `code ${exitCode}` : `signal ${signal}`}: ${stderr}`);
    this.exitCode = exitCode;
    this.signal = signal;
    this.stderr = stderr;
  }
}

/** The program said something that is no event. */
export class CodexOutputError extends Error {
  override readonly name = "CodexOutputError";

  constructor(line: string) {
    super(`Failed to parse item: ${line}`);
  }
}

/** The program could not be started. */
export class CodexNotFoundError extends Error {
  override readonly name = "CodexNotFoundError";

  constructor(command: string, cause: unknown) {
    super(
      `Codex could not be started: ${command}. Install the package codex-ts, put codex on PATH, or set codexPathOverride.`,
      { cause },
    );
  }
}

/** An argument cannot be used. */
export class InvalidInputError extends TypeError {
  override readonly name = "InvalidInputError";
}

/** The folder is no repository; nothing could be undone there. */
export class NotInRepositoryError extends Error {
  override readonly name = "NotInRepositoryError";

  constructor(folder: string) {
    super(`${folder} is not inside of a Git repository; set skipGitRepoCheck to work there all the same.`);
  }
}

/** A request to the server failed; the message is the server's. */
export class ServerError extends Error {
  override readonly name = "ServerError";
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}
