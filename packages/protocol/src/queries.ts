/** Data that clients ask a thread for: prompt history, prompts, skills, MCP tools. */

import type { Uint, Uint64 } from "./numbers.js";
import type { McpAuthStatus, McpResource, McpResourceTemplate, McpTool } from "./mcp.js";

/** A line of the prompt history. */
export interface HistoryEntry {
  conversation_id: string;
  /** Unix seconds. */
  ts: Uint64;
  text: string;
}

/** An entry by its place; `entry` is null or absent when there is none. @wire GetHistoryEntryResponseEvent */
export interface HistoryEntryReply {
  offset: Uint;
  log_id: Uint64;
  entry?: HistoryEntry | null;
}

/** A prompt of the user's own, from `$CODEX_HOME/prompts`. */
export interface CustomPrompt {
  name: string;
  path: string;
  content: string;
  description?: string | null;
  argument_hint?: string | null;
}

/** Where a skill comes from. */
export type SkillScope = "user" | "repo" | "system" | "admin";

/** How a client may show a skill. */
export interface SkillInterface {
  display_name?: string | null;
  short_description?: string | null;
  icon_small?: string | null;
  icon_large?: string | null;
  brand_color?: string | null;
  default_prompt?: string | null;
}

/** A skill. */
export interface SkillMetadata {
  name: string;
  description: string;
  short_description?: string | null;
  interface?: SkillInterface | null;
  path: string;
  scope: SkillScope;
  enabled: boolean;
}

/** A skill file that could not be read. */
export interface SkillErrorInfo {
  path: string;
  message: string;
}

/** The skills seen from one folder. */
export interface SkillsListEntry {
  cwd: string;
  skills: SkillMetadata[];
  errors: SkillErrorInfo[];
}

/** What the MCP servers offer, by qualified tool name and by server. @wire McpListToolsResponseEvent */
export interface McpToolsReply {
  tools: Record<string, McpTool>;
  resources: Record<string, McpResource[]>;
  resource_templates: Record<string, McpResourceTemplate[]>;
  auth_statuses: Record<string, McpAuthStatus>;
}
