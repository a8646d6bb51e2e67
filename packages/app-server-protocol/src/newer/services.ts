/** MCP and feature methods that came after 0.92; names and forms as in 0.169. */

import type { McpContent, Uint32 } from "@codex-ts/protocol";

/** Calls a tool of a server, outside of a turn. */
export interface McpServerToolCallParams {
  threadId: string;
  server: string;
  tool: string;
  arguments?: unknown;
  _meta?: unknown;
}

/** What the tool said. */
export interface McpServerToolCallResponse {
  content: McpContent[];
  structuredContent?: unknown;
  isError?: boolean;
  _meta?: unknown;
}

/** Reads a resource of a server. */
export interface McpResourceReadParams {
  threadId?: string | null;
  server: string;
  uri: string;
}

/** The resource's contents, as the server gave them. */
export interface McpResourceReadResponse {
  contents: unknown[];
}

/** How far a feature is. */
export type ExperimentalFeatureStage = "beta" | "underDevelopment" | "stable" | "deprecated" | "removed";

/** A feature. */
export interface ExperimentalFeature {
  name: string;
  stage: ExperimentalFeatureStage;
  displayName: string | null;
  description: string | null;
  announcement: string | null;
  enabled: boolean;
  defaultEnabled: boolean;
}

/** Lists the features. */
export interface ExperimentalFeatureListParams {
  cursor?: string | null;
  limit?: Uint32 | null;
  threadId?: string | null;
}

/** A page of features. */
export interface ExperimentalFeatureListResponse {
  data: ExperimentalFeature[];
  /** null at the end. */
  nextCursor: string | null;
}

/** How far an MCP server's start is. */
export type McpServerStartupState = "starting" | "ready" | "failed" | "cancelled";

/** An MCP server's start went on. */
export interface McpServerStatusUpdatedNotification {
  threadId: string | null;
  name: string;
  status: McpServerStartupState;
  error: string | null;
}

/** An MCP server asks the user something. */
export interface McpServerElicitationRequestParams {
  threadId: string;
  /** null: outside of a turn. */
  turnId: string | null;
  serverName: string;
  mode: "form";
  message: string;
  /** JSON Schema of the answer. */
  requestedSchema: unknown;
  _meta: unknown;
}

/** The user's answer. */
export interface McpServerElicitationRequestResponse {
  action: "accept" | "decline" | "cancel";
  /** The filled-in form with `accept`; else null. */
  content: unknown;
}
