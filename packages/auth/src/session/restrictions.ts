/** The ways of logging in that the configuration allows. Pure. */

import type { Account } from "./auth-manager.js";

/** `forced_login_method` and `forced_chatgpt_workspace_id` */
export interface LoginRestrictions {
  readonly method: "chatgpt" | "api" | null;
  readonly workspaceId: string | null;
}

/** The login is not of the kind that the configuration asks for. Nothing was deleted. */
export class LoginRestrictionError extends Error {
  constructor(fact: string) {
    super(`${fact} Log in again as required, or remove the restriction from your configuration.`);
    this.name = "LoginRestrictionError";
  }
}

/**
 * Refuses a login that the configuration does not allow. The login itself stays: a mistyped setting must not cost it.
 * @throws LoginRestrictionError
 */
export function checkLoginRestrictions(account: Account | null, { method, workspaceId }: LoginRestrictions): void {
  if (account === null) {
    return;
  }
  if (method === "api" && account.type === "chatgpt") {
    throw new LoginRestrictionError("API key login is required, but ChatGPT is currently being used.");
  }
  if (method === "chatgpt" && account.type === "apiKey") {
    throw new LoginRestrictionError("ChatGPT login is required, but an API key is currently being used.");
  }
  if (workspaceId === null || account.type === "apiKey" || account.accountId === workspaceId) {
    return;
  }
  const found =
    account.accountId === null
      ? "current credentials lack a workspace identifier."
      : `current credentials belong to ${account.accountId}.`;
  throw new LoginRestrictionError(`Login is restricted to workspace ${workspaceId}, but ${found}`);
}

/** Why a kind of login is not on offer; null when it is. */
export function loginDisabledReason(kind: "chatgpt" | "apiKey", method: LoginRestrictions["method"]): string | null {
  if (kind === "apiKey" && method === "chatgpt") {
    return "API key login is disabled. Use ChatGPT login instead.";
  }
  return kind === "chatgpt" && method === "api" ? "ChatGPT login is disabled. Use API key login instead." : null;
}
