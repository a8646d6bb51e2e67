/** What the protocol carries of the Model Context Protocol. */

import type { Int64 } from "./numbers.js";

/** A block of a tool's answer: text, image, audio, resource or link, kept as the server gave it. @published ContentBlock */
export type McpContent = unknown;

/** What a server says of a piece of content. @published Annotations */
export type McpAnnotations = Record<string, unknown>;

/** What a server says of a tool's behaviour. @published ToolAnnotations */
export type McpToolAnnotations = Record<string, unknown>;

/** JSON Schema of a tool's arguments. @published ToolInputSchema */
export type McpToolInputSchema = Record<string, unknown>;

/** JSON Schema of a tool's structured answer. @published ToolOutputSchema */
export type McpToolOutputSchema = Record<string, unknown>;

/** A call of a tool on a server. */
export interface McpInvocation {
  server: string;
  tool: string;
  /** Any JSON; absent when the model gave none. */
  arguments?: unknown;
}

/** A tool's answer, as the server gave it. @wire CallToolResult */
export interface McpToolResult {
  content: McpContent[];
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

/** A tool as the server lists it. @wire Tool */
export interface McpTool {
  name: string;
  title?: string | null;
  description?: string | null;
  inputSchema: McpToolInputSchema;
  outputSchema?: McpToolOutputSchema | null;
  annotations?: McpToolAnnotations | null;
}

/** A resource as the server lists it. @wire Resource */
export interface McpResource {
  name: string;
  uri: string;
  title?: string | null;
  description?: string | null;
  mimeType?: string | null;
  /** Bytes. */
  size?: Int64 | null;
  annotations?: McpAnnotations | null;
}

/** A family of resources as the server lists it. @wire ResourceTemplate */
export interface McpResourceTemplate {
  name: string;
  uriTemplate: string;
  title?: string | null;
  description?: string | null;
  mimeType?: string | null;
  annotations?: McpAnnotations | null;
}
