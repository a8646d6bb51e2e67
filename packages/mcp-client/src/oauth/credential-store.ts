/** Keeps logins at MCP servers: in the keyring, or in a file that only its owner can read. */

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { KeyringError, type Keyring } from "@codex-ts/auth";
import { replaceFile, withFileLock } from "@codex-ts/config";
import { isObject, type JsonObject } from "../rpc/messages.js";
import {
  fileEntry,
  keyringSecret,
  readFileEntry,
  readKeyringSecret,
  storeKey,
  type McpCredentials,
} from "./credentials.js";

/** `mcp_oauth_credentials_store` */
export type CredentialStoreMode = "auto" | "file" | "keyring";

/** Where logins are kept. */
export interface CredentialStoreOptions {
  codexHome: string;
  mode: CredentialStoreMode;
  openKeyring: () => Promise<Keyring>;
  now: () => number;
}

/** What became of a deletion. */
export interface Deletion {
  /** Whether there was anything. */
  found: boolean;
  /** Why the keyring could not be asked, where the file was deleted all the same; null: it could, or need not. */
  keyringProblem: string | null;
}

const SERVICE = "Codex MCP Credentials";
const FILE_NAME = ".credentials.json";

/** The store of a CODEX_HOME. */
export class CredentialStore {
  readonly #options: CredentialStoreOptions;
  /** Changes happen under the lock of this file, also those of the keyring. */
  readonly file: string;

  constructor(options: CredentialStoreOptions) {
    this.#options = options;
    this.file = join(options.codexHome, FILE_NAME);
  }

  /** null: nobody is logged in. @throws {KeyringError} in keyring mode */
  async load(serverName: string, url: string): Promise<McpCredentials | null> {
    const key = storeKey(serverName, url);
    const { mode } = this.#options;
    // A login that the keyring takes leaves the file: one that is there is newer than what the keyring has.
    const inFile = mode === "keyring" ? undefined : this.#entries().get(key);
    if (inFile !== undefined || mode === "file") return inFile ?? null;
    const secret = await this.#fromKeyring(key);
    return secret === null ? null : readKeyringSecret(secret);
  }

  /** Keeps a login in the place of the one before. @throws {KeyringError} in keyring mode */
  async save(credentials: McpCredentials): Promise<void> {
    await this.#locked(async () => {
      const key = storeKey(credentials.serverName, credentials.url);
      if (this.#options.mode !== "file") {
        try {
          const keyring = await this.#options.openKeyring();
          await keyring.set(SERVICE, key, keyringSecret(credentials, this.#options.now()));
          this.#change((entries) => entries.delete(key));
          return;
        } catch (error) {
          if (this.#options.mode === "keyring" || !(error instanceof KeyringError)) throw error;
          // No keyring: the file is the place then.
        }
      }
      this.#change((entries) => entries.set(key, credentials));
    });
  }

  /** Forgets a login, wherever it is: what exists is deleted also where there is no keyring. @throws {KeyringError} in keyring mode */
  async delete(serverName: string, url: string): Promise<Deletion> {
    return await this.#locked(async () => {
      const key = storeKey(serverName, url);
      const inFile = this.#entries().has(key);
      if (inFile) this.#change((entries) => entries.delete(key));
      const { mode } = this.#options;
      if (mode === "file") return { found: inFile, keyringProblem: null };
      try {
        const inKeyring = await (await this.#options.openKeyring()).delete(SERVICE, key);
        return { found: inFile || inKeyring, keyringProblem: null };
      } catch (error) {
        if (!(error instanceof KeyringError)) throw error;
        if (mode === "keyring") {
          throw new KeyringError(
            "failed to delete OAuth credentials: failed to delete OAuth tokens from keyring",
            error,
          );
        }
        return { found: inFile, keyringProblem: error.message };
      }
    });
  }

  async #locked<T>(work: () => Promise<T>): Promise<T> {
    return await withFileLock(this.file, work);
  }

  async #fromKeyring(key: string): Promise<string | null> {
    try {
      return await (await this.#options.openKeyring()).get(SERVICE, key);
    } catch (error) {
      if (this.#options.mode === "keyring" || !(error instanceof KeyringError)) throw error;
      return null;
    }
  }

  /** Entries by the key that their name and address give, whatever they are filed under. */
  #entries(): Map<string, McpCredentials> {
    const entries = Object.values(this.#read()).flatMap((value) => {
      const credentials = readFileEntry(value);
      return credentials === null ? [] : [[storeKey(credentials.serverName, credentials.url), credentials] as const];
    });
    return new Map(entries);
  }

  #read(): JsonObject {
    let text: string;
    try {
      text = readFileSync(this.file, "utf8");
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
      throw error;
    }
    try {
      const value: unknown = JSON.parse(text);
      return isObject(value) ? value : {};
    } catch {
      // A broken file holds no login; the next one that is kept replaces it.
      return {};
    }
  }

  #change(change: (entries: Map<string, McpCredentials>) => void): void {
    const before = this.#entries();
    const entries = new Map(before);
    change(entries);
    if (entries.size === 0) rmSync(this.file, { force: true });
    else {
      const text = Object.fromEntries([...entries].map(([key, credentials]) => [key, fileEntry(credentials)]));
      replaceFile(this.file, JSON.stringify(text), 0o600);
    }
  }
}
