/** The error for a text that is no patch, in the words that models and people know. */

/** A text does not follow the patch format. Nothing was read or written. */
export class PatchParseError extends Error {
  override readonly name = "PatchParseError";
  /** 1-based line in the patch (line 1 is the Begin marker), or null when the markers around the patch are wrong. */
  readonly line: number | null;

  constructor(message: string, line: number | null) {
    super(message);
    this.line = line;
  }

  /** What the program prints. */
  get forTerminal(): string {
    return this.line === null
      ? `Invalid patch: ${this.message}`
      : `Invalid patch hunk on line ${this.line}: ${this.message}`;
  }

  /** What a tool call returns to the model. */
  get forModel(): string {
    const what =
      this.line === null ? `invalid patch: ${this.message}` : `invalid hunk at line ${this.line}, ${this.message}`;
    return `apply_patch verification failed: ${what}`;
  }
}
