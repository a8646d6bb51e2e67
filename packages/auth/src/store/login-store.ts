/** Where a login is kept: a file, the system's keyring, or the keyring with the file behind it. */

import { join } from "node:path";
import { loginJson, parseLogin, type StoredLogin } from "../stored/stored-login.js";
import { deleteLoginFile, readLoginFile, writeLoginFile } from "./login-file.js";
import { loginAccount, KeyringError, type Keyring } from "./keyring.js";

/** `cli_auth_credentials_store` */
export type StoreMode = "file" | "keyring" | "auto";

/** Keeps one login. */
export interface LoginStore {
  /** auth.json, whether it is used or not: the lock of all modes stands beside it. */
  readonly file: string;
  /**
   * Null: nobody is logged in.
   * @throws StoredLoginError, TokenFormatError, KeyringError
   */
  load(): Promise<StoredLogin | null>;
  /** Replaces what was kept, all or nothing. */
  save(login: StoredLogin): Promise<void>;
  /** Whether there was anything. */
  delete(): Promise<boolean>;
}

const SERVICE = "Codex Auth";

/** The store of a mode; the keyring is opened when it is first needed. */
export function loginStore(codexHome: string, mode: StoreMode, openKeyring: () => Promise<Keyring>): LoginStore {
  const file = join(codexHome, "auth.json");
  return mode === "file" ? fileStore(file) : keyringStore(file, codexHome, mode, openKeyring);
}

function fileStore(file: string): LoginStore {
  return {
    file,
    async load() {
      const text = readLoginFile(file);
      return text === null ? null : parseLogin(text);
    },
    save: (login) => writeLoginFile(file, JSON.stringify(loginJson(login), null, 2)),
    delete: async () => deleteLoginFile(file),
  };
}

function keyringStore(
  file: string,
  codexHome: string,
  mode: "keyring" | "auto",
  openKeyring: () => Promise<Keyring>,
): LoginStore {
  const inFile = fileStore(file);
  const account = loginAccount(codexHome);
  const read = async (): Promise<string | null> =>
    inWords("failed to load CLI auth from keyring", async () => (await openKeyring()).get(SERVICE, await account));
  const remove = async (): Promise<boolean> =>
    inWords("failed to delete auth from keyring", async () => (await openKeyring()).delete(SERVICE, await account));
  return {
    file,
    async load() {
      // A login that the keyring takes removes the file: where there is one, it is newer than what the keyring has.
      const login = mode === "auto" ? await inFile.load() : null;
      if (login !== null) {
        return login;
      }
      const text = mode === "auto" ? await orNull(read) : await read();
      return text === null ? null : parseLogin(text);
    },
    async save(login) {
      const text = JSON.stringify(loginJson(login));
      const write = async (): Promise<void> =>
        inWords("failed to write OAuth tokens to keyring", async () =>
          (await openKeyring()).set(SERVICE, await account, text),
        );
      if (mode === "keyring") {
        await write();
      } else if ((await orNull(async () => (await write(), true))) === null) {
        return inFile.save(login);
      }
      deleteLoginFile(file);
    },
    async delete() {
      // The file goes first: what exists is deleted even where there is no keyring.
      const hadFile = deleteLoginFile(file);
      const hadEntry = mode === "auto" || hadFile ? await orNull(remove) : await remove();
      return hadFile || hadEntry === true;
    },
  };
}

/** The result, or null when there is no keyring to ask. */
async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof KeyringError) {
      return null;
    }
    throw error;
  }
}

async function inWords<T>(words: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new KeyringError(`${words}: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}
