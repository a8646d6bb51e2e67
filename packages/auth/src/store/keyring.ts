/** The system's keyring: the optional native package where it can be loaded, else the system's own command. */

import { realpathSync } from "node:fs";
import type * as native from "@napi-rs/keyring";

/** What the native package offers, as far as we use it. */
interface NativeKeyring {
  readonly AsyncEntry: new (
    service: string,
    account: string,
  ) => {
    getPassword(): Promise<string | null | undefined>;
    setPassword(secret: string): Promise<void>;
    deletePassword(): Promise<boolean | undefined>;
  };
}

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

/**
 * Opens the keyring of this machine.
 * @throws KeyringError when there is none
 */
export async function openKeyring(): Promise<Keyring> {
  const native = await loadNative();
  if (native !== null) {
    return nativeKeyring(native);
  }
  const { commandKeyring } = await import("./keyring-command.js");
  const keyring = commandKeyring(process.platform);
  if (keyring === null) {
    throw new KeyringError("Platform secure storage failure: this build has no access to the system's keyring");
  }
  return keyring;
}

/** A keyring on the native package. */
export function nativeKeyring({ AsyncEntry }: NativeKeyring): Keyring {
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw new KeyringError(
        `Platform secure storage failure: ${error instanceof Error ? error.message : String(error)}`,
        error,
      );
    }
  };
  return {
    get: (service, account) => attempt(async () => (await new AsyncEntry(service, account).getPassword()) ?? null),
    set: (service, account, secret) => attempt(() => new AsyncEntry(service, account).setPassword(secret)),
    delete: (service, account) =>
      attempt(async () => (await new AsyncEntry(service, account).deletePassword()) === true),
  };
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

/** The modules of a compiled program live in a file system of their own. */
const COMPILED = /\/\$bunfs\/|\/~BUN\//;

/**
 * The native package is optional and never part of the executable: a compiled program does not even look for it, as
 * what it finds could lie in a folder of somebody else's. The name is not a literal, so that bundlers leave it alone.
 */
async function loadNative(): Promise<NativeKeyring | null> {
  if (COMPILED.test(import.meta.url)) {
    return null;
  }
  const name = "@napi-rs/keyring";
  try {
    const module: typeof native = await import(name);
    return module;
  } catch {
    // Not installed, or not for this platform.
    return null;
  }
}
