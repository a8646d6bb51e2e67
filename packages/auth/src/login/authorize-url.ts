/** The address at which people log in. */

import type { Pkce } from "./pkce.js";

/** What the address carries. */
export interface AuthorizeRequest {
  readonly issuer: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly pkce: Pkce;
  readonly state: string;
  readonly originator: string;
  /** The only workspace that may be chosen; null: any. */
  readonly workspaceId: string | null;
}

/** Builds the address; the order of the parameters is that of the original. */
export function authorizeUrl(request: AuthorizeRequest): string {
  const parameters: readonly (readonly [string, string])[] = [
    ["response_type", "code"],
    ["client_id", request.clientId],
    ["redirect_uri", request.redirectUri],
    ["scope", "openid profile email offline_access"],
    ["code_challenge", request.pkce.challenge],
    ["code_challenge_method", "S256"],
    ["id_token_add_organizations", "true"],
    ["codex_cli_simplified_flow", "true"],
    ["state", request.state],
    ["originator", request.originator],
    ...(request.workspaceId === null ? [] : [["allowed_workspace_id", request.workspaceId] as const]),
  ];
  const query = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  return `${request.issuer}/oauth/authorize?${query}`;
}
