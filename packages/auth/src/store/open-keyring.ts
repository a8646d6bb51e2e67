/** Opens the system's keyring: the optional native package where it can be loaded, else the system's own command. */

import type * as native from "@napi-rs/keyring";
import { KeyringError, type Keyring } from "./keyring.js";

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
