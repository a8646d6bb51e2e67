/** The error for a patch that could not be written. */

/** What went wrong: another program changed a file since the plan; another patch is under way; a file operation failed. */
export type CommitFailure = "stale" | "busy" | "failed";

/** A patch was not applied. */
export class PatchCommitError extends Error {
  override readonly name = "PatchCommitError";
  /** On "stale", plan again and commit that. */
  readonly failure: CommitFailure;
  /** Paths that could not be put back; empty when the tree is as it was before the patch. */
  readonly notRestored: readonly string[];

  constructor(failure: CommitFailure, message: string, notRestored: readonly string[] = [], cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.failure = failure;
    this.notRestored = notRestored;
  }

  /** What the program prints. */
  get forTerminal(): string {
    if (this.notRestored.length === 0) return this.message;
    const paths = this.notRestored.join("\n");
    return `${this.message}\nThese could not be put back, the next patch in this folder tries again:\n${paths}`;
  }

  /** What a tool call returns to the model. */
  get forModel(): string {
    return this.forTerminal;
  }
}
