/** Why a local model cannot be used. */

/** What happened. */
export type LocalModelErrorKind = "noProvider" | "notRunning" | "downloadFailed" | "notInstalled";

/** `message` says what to do. */
export class LocalModelError extends Error {
  override readonly name = "LocalModelError";
  readonly kind: LocalModelErrorKind;

  constructor(kind: LocalModelErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
