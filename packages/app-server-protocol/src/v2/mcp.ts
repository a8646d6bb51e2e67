/** MCP servers. */

import type { Int64, McpResource, McpResourceTemplate, McpTool, Uint32 } from "@codex-ts/protocol";

/** Whether a server knows who we are. */
export type McpAuthStatus = "unsupported" | "notLoggedIn" | "bearerToken" | "oAuth";

/** A server and what it offers. */
export interface McpServerStatus {
  name: string;
  /** By tool name. */
  tools: Record<string, McpTool>;
  resources: McpResource[];
  resourceTemplates: McpResourceTemplate[];
  authStatus: McpAuthStatus;
}

/** Lists the configured servers. */
export interface ListMcpServerStatusParams {
  cursor?: string | null;
  limit?: Uint32 | null;
}

/** A page of servers, by name. */
export interface ListMcpServerStatusResponse {
  data: McpServerStatus[];
  /** null at the end. */
  nextCursor: string | null;
}

/** The loaded threads will use the new servers from their next turn. */
export type McpServerRefreshResponse = Record<string, unknown>;

/** Signs in to a server. */
export interface McpServerOauthLoginParams {
  name: string;
  scopes?: string[] | null;
  /** Seconds. */
  timeoutSecs?: Int64 | null;
}

/** Where a person must go. */
export interface McpServerOauthLoginResponse {
  authorizationUrl: string;
}

/** A sign-in to a server ended. */
export interface McpServerOauthLoginCompletedNotification {
  name: string;
  success: boolean;
  /** Why it failed. */
  error?: string | null;
}
