/** What a keyring is to us, and under which name it holds our login. */

import { realpathSync } from "node:fs";

/** Secrets by service and account. Every method throws KeyringError when there is no keyring to talk to. */
export interface Keyring {
  get(service: string, account: string): Promise<string | null>;
  set(service: string, account: string, secret: string): Promise<void>;
  /** Whether there was an entry. */
  delete(service: string, account: string): Promise<boolean>;
}

/** The keyring is not there, or refuses. */
export class KeyringError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "KeyringError";
  }
}

/** The account of the login of a CODEX_HOME: `cli|` and the first 16 hex digits of the hash of its real path. */
export async function loginAccount(codexHome: string): Promise<string> {
  const { createHash } = await import("node:crypto");
  return `cli|${createHash("sha256").update(realPath(codexHome)).digest("hex").slice(0, 16)}`;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // A home that does not exist yet is known by its name.
    return path;
  }
}
