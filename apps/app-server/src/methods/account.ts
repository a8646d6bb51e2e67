/** Accounts: who is logged in, logging in and out, and the account's limits. */

import type { Account, ServerNotification } from "@codex-ts/app-server-protocol";
import { type AuthManager, loginDisabledReason, startBrowserLogin } from "@codex-ts/auth";
import type { AuthMode, PlanType } from "@codex-ts/protocol";
import { internalError, invalidRequest, messageOf } from "../router/rpc-error.js";
import type { Call, Methods } from "../router/call.js";
import type { Engine } from "../server/engine.js";
import type { LoginOutcome } from "../server/login-attempt.js";
import { canonicalId, uuidFault } from "../threads/thread-id.js";

export const accountMethods = {
  "account/read": async ({ refreshToken }, { engine }) => {
    const { requiresOpenaiAuth } = engine.config.modelProvider;
    if (!requiresOpenaiAuth) return { account: null, requiresOpenaiAuth };
    if (refreshToken) await refreshed(engine);
    return { account: await accountOf(engine.auth), requiresOpenaiAuth };
  },

  "account/login/start": async (params, call) => {
    const { engine } = call;
    if (params.type === "apiKey") {
      await loginWithKey(params.apiKey, engine);
      call.afterReply(() => {
        const params = { loginId: null, success: true, error: null };
        tellAll(engine, { method: "account/login/completed", params });
        tellAll(engine, accountUpdated("apikey"));
      });
      return { type: "apiKey" };
    }
    const { loginId, authUrl } = await beginBrowserLogin(call, (outcome) => {
      tellAll(engine, { method: "account/login/completed", params: outcome });
      if (outcome.success) tellAll(engine, accountUpdated("chatgpt"));
    });
    return { type: "chatgpt", loginId, authUrl };
  },

  "account/login/cancel": ({ loginId }, { engine }) => {
    if (uuidFault(loginId) !== null) throw invalidRequest(`invalid login id: ${loginId}`);
    return { status: engine.logins.cancel(canonicalId(loginId)) ? "canceled" : "notFound" };
  },

  "account/logout": async (_none, call) => {
    await logout(call.engine);
    call.afterReply(() => tellAll(call.engine, accountUpdated(null)));
    return {};
  },

  "account/rateLimits/read": async (_none, { engine }) => {
    const { rateLimits } = await import("./rate-limits.js");
    return { rateLimits: await rateLimits(engine) };
  },
} satisfies Methods;

/** Keeps a key as the login. @throws {RpcError} */
export async function loginWithKey(apiKey: string, { config, auth }: Engine): Promise<void> {
  const disabled = loginDisabledReason("apiKey", config.forcedLoginMethod);
  if (disabled !== null) throw invalidRequest(disabled);
  try {
    await auth.loginWithApiKey(apiKey);
  } catch (error) {
    throw internalError(`failed to save api key: ${messageOf(error)}`, error);
  }
}

/** Starts a login in the browser. @throws {RpcError} */
export async function beginBrowserLogin(
  { engine }: Call,
  onEnd: (outcome: LoginOutcome) => void,
): Promise<{ loginId: string; authUrl: string }> {
  const { config, auth, originator } = engine;
  const disabled = loginDisabledReason("chatgpt", config.forcedLoginMethod);
  if (disabled !== null) throw invalidRequest(disabled);
  try {
    const options = { save: auth.save.bind(auth), originator, workspaceId: config.forcedChatgptWorkspaceId };
    return await engine.logins.begin(() => startBrowserLogin(options), onEnd);
  } catch (error) {
    throw internalError(`failed to start login server: ${messageOf(error)}`, error);
  }
}

/** Forgets the login. @throws {RpcError} */
export async function logout({ auth }: Engine): Promise<void> {
  try {
    await auth.logout();
  } catch (error) {
    throw internalError(`logout failed: ${messageOf(error)}`, error);
  }
}

/** Everybody who is connected hears of a change of the login: it is one for all. */
export function tellAll({ server }: Engine, notification: ServerNotification): void {
  for (const connection of server.connections) if (connection.client !== null) connection.notify(notification);
}

/** Renews the login; a failure is no reason not to tell what is known. */
export async function refreshed({ auth, server }: Engine): Promise<void> {
  try {
    await auth.refresh();
  } catch (error) {
    server.log("warn", `the login could not be renewed: ${messageOf(error)}`);
  }
}

// helpers

function accountUpdated(authMode: AuthMode | null): ServerNotification {
  return { method: "account/updated", params: { authMode } };
}

async function accountOf(auth: AuthManager): Promise<Account | null> {
  const account = await auth.account();
  if (account === null || account.type === "apiKey") return account;
  const { email, planType } = account;
  if (email === null || planType === null) {
    throw invalidRequest("email and plan type are required for chatgpt authentication");
  }
  return { type: "chatgpt", email, planType: knownPlan(planType) };
}

const PLANS: readonly PlanType[] = ["free", "plus", "pro", "team", "business", "enterprise", "edu"];

function knownPlan(plan: string): PlanType {
  return PLANS.find((known) => known === plan) ?? "unknown";
}
