/** Logging in and out in v1. */

import type { AuthMode } from "@codex-ts/protocol";
import { invalidRequest } from "../../router/rpc-error.js";
import type { Methods } from "../../router/call.js";
import type { Engine } from "../../server/engine.js";
import { parseUuid } from "./conversation-id.js";
import { beginBrowserLogin, loginWithKey, logout, refreshed, tellAll } from "../account.js";

export const loginMethods = {
  loginApiKey: async ({ apiKey }, call) => {
    await loginWithKey(apiKey, call.engine);
    call.afterReply(() => changed("apikey", call.engine));
    return {};
  },

  loginChatGpt: async (_none, call) =>
    await beginBrowserLogin(call, (outcome) => {
      tellAll(call.engine, { method: "loginChatGptComplete", params: outcome });
      if (outcome.success) changed("chatgpt", call.engine);
    }),

  cancelLoginChatGpt: (params, { engine }) => {
    const loginId = parseUuid(params.loginId);
    if (!engine.logins.cancel(loginId)) throw invalidRequest(`login id not found: ${loginId}`);
    return {};
  },

  logoutChatGpt: async (_none, call) => {
    await logout(call.engine);
    call.afterReply(() => changed(null, call.engine));
    return {};
  },

  getAuthStatus: async ({ includeToken, refreshToken }, { engine }) => {
    const { requiresOpenaiAuth } = engine.config.modelProvider;
    if (!requiresOpenaiAuth) return { authMethod: null, authToken: null, requiresOpenaiAuth };
    if (refreshToken) await refreshed(engine);
    const credentials = await engine.auth.credentials();
    if (credentials === null) return { authMethod: null, authToken: null, requiresOpenaiAuth };
    const authMethod: AuthMode = credentials.kind === "apiKey" ? "apikey" : "chatgpt";
    return { authMethod, authToken: includeToken ? credentials.token : null, requiresOpenaiAuth };
  },

  userInfo: async (_none, { engine }) => {
    const account = await engine.auth.account();
    return { allegedUserEmail: account?.type === "chatgpt" ? account.email : null };
  },
} satisfies Methods;

function changed(authMethod: AuthMode | null, engine: Engine): void {
  tellAll(engine, { method: "authStatusChange", params: { authMethod } });
}
