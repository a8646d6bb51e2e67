/** The login of a session: who is logged in, and what requests are sent with. */

import type { Keyring } from "../store/keyring.js";
import { openKeyring } from "../store/open-keyring.js";
import { loginStore, type LoginStore, type StoreMode } from "../store/login-store.js";
import type { StoredLogin } from "../stored/stored-login.js";
import { NotLoggedInError, RefreshError } from "./errors.js";
import { loginRule, type ProviderAuthFacts } from "./provider-rule.js";
import { REFRESH_URL, type Fetch } from "./refresh-request.js";

/** What a login depends on. */
export interface AuthOptions {
  readonly codexHome: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `cli_auth_credentials_store` */
  readonly storeMode: StoreMode;
  /** Whether CODEX_API_KEY counts: only for programs that run without people. */
  readonly useEnvironmentKey?: boolean;
  /** `originator` and `user-agent`, sent to the issuer. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly fetch?: Fetch;
  readonly now?: () => Date;
  /** Told what went wrong without being in the way. */
  readonly log?: (message: string) => void;
  readonly openKeyring?: () => Promise<Keyring>;
}

/** What authorises a request. */
export interface Credentials {
  readonly kind: "apiKey" | "chatgpt";
  readonly token: string;
  /** The ChatGPT account, when there is one. */
  readonly accountId: string | null;
}

/** What became of an attempt to renew a login after a 401. */
export type UnauthorizedOutcome =
  | { readonly kind: "retry" }
  | { readonly kind: "exhausted" }
  | { readonly kind: "failed"; readonly permanent: boolean; readonly message: string };

/** Who is logged in. */
export type Account =
  | { readonly type: "apiKey" }
  | {
      readonly type: "chatgpt";
      readonly email: string | null;
      readonly planType: string | null;
      readonly accountId: string | null;
      readonly userId: string | null;
    };

/** The credentials for one provider, in the form in which a model client takes them. */
export interface ProviderAuth {
  /**
   * Read before every request. Null: the provider has its own key, or gets none.
   * @throws NotLoggedInError when a login is needed and there is none
   */
  credentials(): Promise<Credentials | null>;
  /** After the `step`-th 401 of a request. */
  onUnauthorized(step: number): Promise<UnauthorizedOutcome>;
}

/** Tokens older than this are renewed before they are used. */
const MAX_AGE_MS = 8 * 24 * 60 * 60 * 1000;

/** How long a renewal, or the failure of one, answers for later requests. */
const SETTLED_MS = 60_000;

/** Holds the login of one CODEX_HOME. Reading is lazy, and one read serves until `reload`. */
export class AuthManager {
  readonly #options: AuthOptions;
  readonly #store: LoginStore;
  #login: Promise<StoredLogin | null> | null = null;
  /** Counts reloads: what was begun before one must not bring the old login back. */
  #generation = 0;
  #renewing: Renewing | null = null;
  #renewedAt = Number.NEGATIVE_INFINITY;
  #failure: { readonly at: number; readonly error: RefreshError } | null = null;

  constructor(options: AuthOptions) {
    this.#options = options;
    this.#store = loginStore(options.codexHome, options.storeMode, options.openKeyring ?? openKeyring);
  }

  /** What a provider's requests are sent with. A provider with its own key costs nothing here. */
  forProvider(provider: ProviderAuthFacts): ProviderAuth {
    const rule = loginRule(provider);
    if (rule === "own" || rule === "none") {
      return NO_LOGIN;
    }
    return {
      credentials: async () => {
        const credentials = await this.credentials();
        if (credentials === null && rule === "required") {
          throw new NotLoggedInError();
        }
        return credentials;
      },
      onUnauthorized: (step) => this.onUnauthorized(step),
    };
  }

  /** The credentials of the login, renewed first when they are old; null when nobody is logged in. */
  async credentials(): Promise<Credentials | null> {
    const environmentKey = this.environmentKey();
    if (environmentKey !== null) {
      return { kind: "apiKey", token: environmentKey, accountId: null };
    }
    const generation = this.#generation;
    const stored = await this.#current();
    const login = stored?.mode === "chatgpt" && this.#isOld(stored) ? await this.#renewedOrSame(stored) : stored;
    if (generation !== this.#generation) {
      return this.credentials(); // somebody logged in or out meanwhile
    }
    if (login === null) {
      return null;
    }
    if (login.mode === "apiKey") {
      return { kind: "apiKey", token: login.apiKey, accountId: null };
    }
    const { tokens } = login;
    return { kind: "chatgpt", token: tokens.accessToken, accountId: tokens.accountId };
  }

  /** Who is logged in; null: nobody. CODEX_API_KEY counts where it counts for requests. */
  async account(): Promise<Account | null> {
    const login = this.environmentKey() === null ? await this.#current() : null;
    if (login === null) {
      return this.environmentKey() === null ? null : { type: "apiKey" };
    }
    if (login.mode === "apiKey") {
      return { type: "apiKey" };
    }
    const { email, planType, userId } = login.tokens.claims;
    return { type: "chatgpt", email, planType, userId, accountId: login.tokens.accountId };
  }

  /** CODEX_API_KEY, where it counts. */
  environmentKey(): string | null {
    const key = this.#options.useEnvironmentKey === true ? (this.#options.env["CODEX_API_KEY"] ?? "").trim() : "";
    return key === "" ? null : key;
  }

  /**
   * The stored login as it is kept, without CODEX_API_KEY and without renewing.
   * @throws what the store throws when it cannot be read
   */
  stored(): Promise<StoredLogin | null> {
    return this.#store.load();
  }

  /** Keeps a new login in place of the old one. */
  async save(login: StoredLogin): Promise<void> {
    const { withFileLock } = await import("@codex-ts/config");
    await withFileLock(this.#store.file, () => this.#store.save(login));
    this.reload();
  }

  /** Keeps an API key as the login. */
  async loginWithApiKey(apiKey: string): Promise<void> {
    await this.save({ mode: "apiKey", apiKey, others: {} });
  }

  /** Forgets the login. Whether there was one. */
  async logout(): Promise<boolean> {
    const { withFileLock } = await import("@codex-ts/config");
    const removed = await withFileLock(this.#store.file, () => this.#store.delete());
    this.reload();
    return removed;
  }

  /** Reads the login again when it is next needed: it was changed elsewhere. */
  reload(): void {
    this.#generation += 1;
    this.#login = null;
    this.#failure = null;
    this.#renewedAt = Number.NEGATIVE_INFINITY;
  }

  /**
   * After the `step`-th 401 of a request: what is stored is read again, then renewed, once.
   * A failed renewal answers for a minute, so that the retries of a turn do not repeat it.
   */
  async onUnauthorized(step: number): Promise<UnauthorizedOutcome> {
    const login = this.environmentKey() === null ? await this.#current() : null;
    if (login?.mode !== "chatgpt") {
      return { kind: "exhausted" };
    }
    const settled = this.#now() - this.#renewedAt < SETTLED_MS;
    if (settled) {
      return step === 1 ? { kind: "retry" } : { kind: "exhausted" };
    }
    const failure = this.#recentFailure();
    if (failure !== null) {
      return (await this.#adoptNewer(login))
        ? { kind: "retry" }
        : { kind: "failed", permanent: true, message: failure.message };
    }
    try {
      await this.#renew(login);
      return { kind: "retry" };
    } catch (error) {
      const { permanent, message } = asRefreshError(error);
      return { kind: "failed", permanent, message };
    }
  }

  /**
   * Renews the login now, whatever its age.
   * @throws RefreshError
   */
  async refresh(): Promise<void> {
    const login = await this.#current();
    if (login?.mode === "chatgpt") {
      await this.#renew(login);
    }
  }

  /**
   * A login that cannot be read is as good as none, until it is next needed: a locked keyring or a file that is in use
   * may be readable then. Whoever wants the reason asks `stored`.
   */
  async #current(): Promise<StoredLogin | null> {
    const generation = this.#generation;
    const login = await (this.#login ?? this.#read());
    return generation === this.#generation ? login : this.#current();
  }

  #read(): Promise<StoredLogin | null> {
    const reading: Promise<StoredLogin | null> = this.#store.load().catch((error: unknown) => {
      this.#log(`the stored login cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      if (this.#login === reading) {
        this.#login = null;
      }
      return null;
    });
    this.#login = reading;
    return reading;
  }

  #isOld(login: ChatgptStored): boolean {
    return login.lastRefresh !== null && this.#now() - login.lastRefresh.getTime() > MAX_AGE_MS;
  }

  /** An old token may still work: a renewal that fails is no reason not to try. */
  async #renewedOrSame(login: ChatgptStored): Promise<ChatgptStored> {
    if (this.#recentFailure() !== null) {
      return login;
    }
    try {
      const renewed = await this.#renew(login);
      return renewed.mode === "chatgpt" ? renewed : login;
    } catch (error) {
      this.#log(`the login could not be renewed: ${asRefreshError(error).message}`);
      return login;
    }
  }

  /** Takes over a login that was made elsewhere since ours was read. */
  async #adoptNewer(login: ChatgptStored): Promise<boolean> {
    const generation = this.#generation;
    const previous = this.#login;
    this.#login = null;
    const stored = await this.#current();
    if (generation !== this.#generation) {
      return true; // somebody logged in or out meanwhile: that counts, and not what was before
    }
    if (stored?.mode === "chatgpt" && stored.tokens.accessToken !== login.tokens.accessToken) {
      this.#failure = null;
      return true;
    }
    this.#login = previous;
    return false;
  }

  /** One renewal of a login at a time in this process; the lock sees to the others. */
  #renew(login: ChatgptStored): Promise<StoredLogin> {
    if (this.#renewing?.of !== login) {
      const renewing: Renewing = {
        of: login,
        result: this.#renewNow(login).finally(() => {
          if (this.#renewing === renewing) {
            this.#renewing = null;
          }
        }),
      };
      this.#renewing = renewing;
    }
    return this.#renewing.result;
  }

  async #renewNow(login: ChatgptStored): Promise<StoredLogin> {
    const generation = this.#generation;
    const { renew } = await import("./renewal.js");
    try {
      const renewed = await renew(login, {
        store: this.#store,
        url: this.#options.env["CODEX_REFRESH_TOKEN_URL_OVERRIDE"] || REFRESH_URL,
        fetch: this.#options.fetch ?? fetch,
        headers: this.#options.headers ?? {},
        now: () => new Date(this.#now()),
        log: (message) => this.#log(message),
      });
      if (generation === this.#generation) {
        this.#login = Promise.resolve(renewed);
        this.#renewedAt = this.#now();
        this.#failure = null;
      }
      return renewed;
    } catch (error) {
      if (generation === this.#generation) {
        this.#failure = { at: this.#now(), error: asRefreshError(error) };
      }
      throw error;
    }
  }

  #recentFailure(): RefreshError | null {
    return this.#failure !== null && this.#now() - this.#failure.at < SETTLED_MS ? this.#failure.error : null;
  }

  #now(): number {
    return (this.#options.now?.() ?? new Date()).getTime();
  }

  #log(message: string): void {
    this.#options.log?.(message);
  }
}

type ChatgptStored = Extract<StoredLogin, { mode: "chatgpt" }>;

/** A renewal that runs, and the login it renews. */
interface Renewing {
  readonly of: ChatgptStored;
  readonly result: Promise<StoredLogin>;
}

const NO_LOGIN: ProviderAuth = {
  credentials: async () => null,
  onUnauthorized: async () => ({ kind: "exhausted" }),
};

function asRefreshError(error: unknown): RefreshError {
  if (error instanceof RefreshError) {
    return error;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new RefreshError(`Failed to refresh token: ${reason}`, false, error);
}
