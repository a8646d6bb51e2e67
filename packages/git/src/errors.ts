/** What can go wrong when git is asked, each with the way out. */

/** There is no git on PATH. */
export class GitMissingError extends Error {
  override readonly name = "GitMissingError";
  constructor() {
    super("git was not found on PATH. Install git, or add its folder to PATH.");
  }
}

/** Git took longer than it was given and was stopped. */
export class GitTimeoutError extends Error {
  override readonly name = "GitTimeoutError";
  /** @param timeoutMs what it was given, in milliseconds */
  constructor(command: string, timeoutMs: number) {
    super(`\`${command}\` did not finish within ${timeoutMs / 1000} s and was stopped.`);
  }
}

/** Git printed more than was asked for and was stopped. */
export class GitOutputError extends Error {
  override readonly name = "GitOutputError";
  constructor(command: string, maxBytes: number) {
    super(`\`${command}\` printed more than ${maxBytes} bytes and was stopped.`);
  }
}

/** Git ran and said no. */
export class GitFailedError extends Error {
  override readonly name = "GitFailedError";
  readonly exitCode: number;
  readonly stderr: string;
  constructor(command: string, exitCode: number, stderr: string) {
    super(`git command \`${command}\` failed with status ${exitCode}: ${stderr.trim()}`);
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}

/** The folder is in no repository. */
export class NotARepositoryError extends Error {
  override readonly name = "NotARepositoryError";
  /** @param exitCode and @param stderr git's own, where git was asked */
  constructor(exitCode: number, stderr: string) {
    super(`not a git repository (exit ${exitCode}): ${stderr.trim()}`);
  }
}

/** The repository's own config names a program in a way that cannot be switched off, so git is not run. */
export class GitDriverError extends Error {
  override readonly name = "GitDriverError";
  /** @param setting the name of the setting */
  constructor(setting: string) {
    super(`the repository's setting \`${setting}\` names a program and cannot be switched off. Remove or rename it.`);
  }
}
