/** The error for a patch that does not fit the files it names. */

/** A patch cannot be applied to the tree as it is. Nothing was written. */
export class PatchPlanError extends Error {
  override readonly name = "PatchPlanError";
  /** The path at fault, as `message` names it. */
  readonly path: string;

  constructor(message: string, path: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.path = path;
  }

  /** What the program prints. */
  get forTerminal(): string {
    return this.message;
  }

  /** What a tool call returns to the model. */
  get forModel(): string {
    return `apply_patch verification failed: ${this.message}`;
  }
}
