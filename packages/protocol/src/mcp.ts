/** What the protocol carries of the Model Context Protocol. */

/** A call of a tool on a server. */
export interface McpInvocation {
  server: string;
  tool: string;
  /** Any JSON; absent when the model gave none. */
  arguments?: unknown;
}

/** A tool's answer, as the server gave it. */
export interface McpToolResult {
  /** Content blocks (text, image, audio, resource, link), unchanged. */
  content: unknown[];
  structuredContent?: unknown;
  isError?: boolean | null;
}

/** How far a server's start is. */
export type McpStartupStatus =
  | { state: "starting" }
  | { state: "ready" }
  | { state: "failed"; error: string }
  | { state: "cancelled" };

/** A server that did not start. */
export interface McpStartupFailure {
  server: string;
  error: string;
}

/** Whether a server knows who we are. */
export type McpAuthStatus = "unsupported" | "not_logged_in" | "bearer_token" | "o_auth";

/** A tool as the server lists it. */
export interface McpTool {
  name: string;
  title?: string | null;
  description?: string | null;
  inputSchema: Record<string, unknown>;
  outputSchema?: Record<string, unknown> | null;
  annotations?: Record<string, unknown> | null;
}

/** A resource as the server lists it. */
export interface McpResource {
  name: string;
  uri: string;
  title?: string | null;
  description?: string | null;
  mimeType?: string | null;
  size?: number | null;
  annotations?: Record<string, unknown> | null;
}

/** A family of resources as the server lists it. */
export interface McpResourceTemplate {
  name: string;
  uriTemplate: string;
  title?: string | null;
  description?: string | null;
  mimeType?: string | null;
  annotations?: Record<string, unknown> | null;
}
