/** Why a folder has no checkpoints, or one could not be taken or restored. */

/** Why a workspace is not covered. */
export type NotCoveredReason =
  /** There is no git to keep snapshots with. */
  | "no-git"
  /** The home folder, a parent of it, or a file system's root: too much, and not a project. */
  | "not-a-project"
  | "too-many-files"
  | "too-large"
  /** It took longer than a call may wait. */
  | "too-slow"
  | "failed";

/** A workspace is not covered; the message says why and what can be done. */
export class NotCoveredError extends Error {
  override readonly name = "NotCoveredError";
  readonly reason: NotCoveredReason;
  constructor(reason: NotCoveredReason, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.reason = reason;
  }
}

/** The system's code of an error, such as `ENOENT`; null for others. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
