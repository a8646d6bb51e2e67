/** Credentials: auth.json, keyring, API keys, ChatGPT login and token refresh. */

export { AuthManager } from "./session/auth-manager.js";
export type { Account, AuthOptions, Credentials, ProviderAuth, UnauthorizedOutcome } from "./session/auth-manager.js";
export { NotLoggedInError, RefreshError } from "./session/errors.js";
export { loginStatus, maskKey } from "./session/login-status.js";
export type { LoginStatus } from "./session/login-status.js";
export { isOpenaiHost, loginRule } from "./session/provider-rule.js";
export type { LoginRule, ProviderAuthFacts } from "./session/provider-rule.js";
export type { Fetch } from "./session/refresh-request.js";
export { checkLoginRestrictions, loginDisabledReason, LoginRestrictionError } from "./session/restrictions.js";
export type { LoginRestrictions } from "./session/restrictions.js";
export { KeyringError } from "./store/keyring.js";
export type { Keyring } from "./store/keyring.js";
export { openKeyring } from "./store/open-keyring.js";
export type { StoreMode } from "./store/login-store.js";
export { readClaims, TokenFormatError } from "./stored/claims.js";
export type { TokenClaims } from "./stored/claims.js";
export { StoredLoginError } from "./stored/stored-login.js";
export type { ChatgptTokens, OtherFields, StoredLogin } from "./stored/stored-login.js";
export { CLIENT_ID, DEFAULT_ISSUER } from "./login/issuer.js";
export type { BrowserLogin, BrowserLoginOptions } from "./login/browser-login.js";
export type { DeviceCode, DeviceLoginOptions } from "./login/device-login.js";
export { deviceCodePrompt } from "./login/device-code-prompt.js";
export { DeviceLoginUnavailable, LoginError } from "./login/errors.js";
export type { CallbackHandler, CallbackServer } from "./login/callback-server.js";
export {
  completeDeviceLogin,
  listenForCallback,
  newLoginSecrets,
  requestDeviceCode,
  startBrowserLogin,
} from "./login/on-demand.js";
export type { LoginSecrets } from "./login/on-demand.js";
export { isHeadless, openBrowser } from "./login/open-browser.js";
