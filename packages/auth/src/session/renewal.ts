/** Renews a ChatGPT login once for all processes: under a lock, and only if nobody else has done it meanwhile. */

import { withFileLock } from "@codex-ts/config";
import type { LoginStore } from "../store/login-store.js";
import { makeTokens, type StoredLogin } from "../stored/stored-login.js";
import { requestRefresh, type Fetch } from "./refresh-request.js";

/** A login with tokens. */
export type ChatgptLogin = Extract<StoredLogin, { mode: "chatgpt" }>;

/** What renewing needs. */
export interface RenewalContext {
  readonly store: LoginStore;
  readonly url: string;
  readonly fetch: Fetch;
  readonly headers: Readonly<Record<string, string>>;
  readonly now: () => Date;
  readonly log: (message: string) => void;
}

/** How long to wait for another process that is renewing. */
const LOCK_TIMEOUT_MS = 45_000;

/**
 * A login that is newer than `current`: another process's, or a renewed one.
 * The refresh token works once, so it is sent under the lock only, after reading again what is stored.
 * @throws RefreshError
 */
export async function renew(current: ChatgptLogin, context: RenewalContext): Promise<ChatgptLogin> {
  const work = (): Promise<ChatgptLogin> => renewLocked(current, context);
  return withFileLock(context.store.file, work, { timeoutMs: LOCK_TIMEOUT_MS });
}

async function renewLocked(current: ChatgptLogin, context: RenewalContext): Promise<ChatgptLogin> {
  const stored = await context.store.load();
  if (stored !== null && isNewer(stored, current)) {
    return stored;
  }
  const { refreshToken, accountId } = current.tokens;
  const fresh = await requestRefresh({ ...context, refreshToken });
  const idToken = fresh.idToken ?? current.tokens.idToken;
  const accessToken = fresh.accessToken ?? current.tokens.accessToken;
  const tokens = makeTokens({ idToken, accessToken, refreshToken: fresh.refreshToken ?? refreshToken }, accountId);
  const renewed: ChatgptLogin = { ...current, tokens, lastRefresh: context.now() };
  await save(renewed, context);
  return renewed;
}

/** Another process renewed the same login, or somebody logged in again with the same account. */
function isNewer(stored: StoredLogin, current: ChatgptLogin): stored is ChatgptLogin {
  return (
    stored.mode === "chatgpt" &&
    stored.tokens.accountId === current.tokens.accountId &&
    stored.tokens.accessToken !== current.tokens.accessToken
  );
}

/**
 * Keeps the new tokens, unless the stored login is not this one any more (logged out, or another account). That is read
 * again now: programs that know nothing of the lock may have changed it while the issuer was asked.
 */
async function save(renewed: ChatgptLogin, context: RenewalContext): Promise<void> {
  try {
    const stored = await context.store.load();
    if (stored?.mode !== "chatgpt" || stored.tokens.accountId !== renewed.tokens.accountId) {
      return;
    }
    await context.store.save(renewed);
  } catch (error) {
    // The old refresh token is spent either way: this process at least can go on with the new one.
    const reason = error instanceof Error ? error.message : String(error);
    context.log(`the renewed login could not be saved, so the next start will ask for a new login: ${reason}`);
  }
}
