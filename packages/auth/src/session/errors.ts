/** Why there are no credentials, in words that say what to do. */

/** Nobody is logged in, and the provider is of no use without a login. */
export class NotLoggedInError extends Error {
  constructor() {
    super(
      "Not logged in. Run `codex login`, or pipe an API key to `codex login --with-api-key`; `codex exec` also takes one from CODEX_API_KEY.",
    );
    this.name = "NotLoggedInError";
  }
}

/** The login could not be renewed. */
export class RefreshError extends Error {
  /** True: only a new login helps. False: it may work later. */
  readonly permanent: boolean;

  constructor(message: string, permanent: boolean, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "RefreshError";
    this.permanent = permanent;
  }
}
