/** What core asks a model: one request, already normalised, in the terms of the Responses API. */

import type { ReasoningEffort, ReasoningSummary, ResponseItem, Verbosity } from "@codex-ts/protocol";

/** A tool whose arguments are JSON. */
export interface FunctionTool {
  type: "function";
  name: string;
  description: string;
  strict: boolean;
  /** A JSON schema. */
  parameters: Readonly<Record<string, unknown>>;
}

/** A tool whose input is free text under a grammar. */
export interface FreeformTool {
  type: "custom";
  name: string;
  description: string;
  format: { type: "grammar"; syntax: "lark" | "regex"; definition: string };
}

/** The shell tool that some models have built in. */
export interface LocalShellTool {
  type: "local_shell";
}

/** The search that the server runs itself. */
export interface WebSearchTool {
  type: "web_search";
  external_web_access: boolean;
}

/** A tool as it stands in the request's `tools`. */
export type ToolDefinition = FunctionTool | FreeformTool | LocalShellTool | WebSearchTool;

/** How the model should reason. */
export interface ReasoningRequest {
  /** Left out: the model's own default. */
  effort?: ReasoningEffort | undefined;
  /** `none` is sent as no summary at all. */
  summary?: ReasoningSummary | undefined;
}

/** One request to a model. */
export interface ModelRequest {
  /** The model's slug. */
  model: string;
  instructions: string;
  /** The conversation, oldest first; calls and outputs already paired. An item must not change once it was sent. */
  input: readonly ResponseItem[];
  tools: readonly ToolDefinition[];
  parallelToolCalls: boolean;
  /** null when the model does not reason with summaries. */
  reasoning: ReasoningRequest | null;
  /** Verbosity and a JSON schema for the answer; left out when neither is set. */
  text?: { verbosity?: Verbosity | undefined; outputSchema?: unknown } | undefined;
  /** Stable through a thread's life, so that the server's prompt cache works. */
  promptCacheKey: string;
  threadId: string;
  /** `review`, `compact`, `collab_spawn` or a label, for threads that another thread started. */
  subAgent?: string | undefined;
  /** False only when web search is disabled by config. */
  webSearchEligible: boolean;
}

/** A request to have the server compact a conversation. */
export interface CompactRequest {
  model: string;
  instructions: string;
  input: readonly ResponseItem[];
  subAgent?: string | undefined;
}
