/** Signing in, as v1 does it. */

import type { AuthMode } from "@codex-ts/protocol";

/** Signs in with an API key. */
export interface LoginApiKeyParams {
  apiKey: string;
}

/** Signed in. */
export type LoginApiKeyResponse = Record<string, unknown>;

/** Where a person must go. */
export interface LoginChatGptResponse {
  loginId: string;
  authUrl: string;
}

/** Gives up a sign-in. */
export interface CancelLoginChatGptParams {
  loginId: string;
}

/** Given up. */
export type CancelLoginChatGptResponse = Record<string, unknown>;

/** Nobody is signed in any more. */
export type LogoutChatGptResponse = Record<string, unknown>;

/** Asks who is signed in. */
export interface GetAuthStatusParams {
  includeToken?: boolean | null;
  refreshToken?: boolean | null;
}

/** Who is signed in. */
export interface GetAuthStatusResponse {
  authMethod: AuthMode | null;
  authToken: string | null;
  requiresOpenaiAuth: boolean | null;
}

/** What the token says of its owner; not verified. */
export interface UserInfoResponse {
  allegedUserEmail: string | null;
}

/** Who is signed in has changed. */
export interface AuthStatusChangeNotification {
  authMethod: AuthMode | null;
}

/** A sign-in ended. */
export interface LoginChatGptCompleteNotification {
  loginId: string;
  success: boolean;
  error: string | null;
}
