/** Why a login did not come about. */

/** Something the issuer, the configuration or this machine does not allow. */
export class LoginError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "LoginError";
  }
}

/** The issuer does not offer logins by device code: the browser login is the way. */
export class DeviceLoginUnavailable extends LoginError {
  constructor() {
    super("device code login is not enabled for this Codex server. Use the browser login or verify the server URL.");
    this.name = "DeviceLoginUnavailable";
  }
}
