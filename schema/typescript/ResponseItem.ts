// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ContentItem } from "./ContentItem";
import type { FunctionCallOutputPayload } from "./FunctionCallOutputPayload";
import type { GhostCommit } from "./GhostCommit";
import type { LocalShellAction } from "./LocalShellAction";
import type { LocalShellStatus } from "./LocalShellStatus";
import type { ReasoningItemContent } from "./ReasoningItemContent";
import type { ReasoningItemReasoningSummary } from "./ReasoningItemReasoningSummary";
import type { WebSearchAction } from "./WebSearchAction";

/** One item of the conversation. */
export type ResponseItem = {
  type: "message",
  role: string,
  content: Array<ContentItem>,
  /** The server's id; read, and written back only to providers that need it. */
  id?: string | null,
  end_turn?: boolean | null,
} | {
  type: "reasoning",
  /** The server's id; not stored in session files. */
  id: string,
  summary: Array<ReasoningItemReasoningSummary>,
  content?: Array<ReasoningItemContent> | null,
  encrypted_content?: string | null,
} | {
  type: "local_shell_call",
  id?: string | null,
  call_id?: string | null,
  status: LocalShellStatus,
  action: LocalShellAction,
} | {
  type: "function_call",
  id?: string | null,
  name: string,
  arguments: string,
  call_id: string,
} | {
  type: "function_call_output",
  call_id: string,
  output: FunctionCallOutputPayload,
} | {
  type: "custom_tool_call",
  id?: string | null,
  status?: string | null,
  call_id: string,
  name: string,
  input: string,
} | {
  type: "custom_tool_call_output",
  call_id: string,
  output: string,
} | {
  type: "web_search_call",
  id?: string | null,
  status?: string | null,
  action?: WebSearchAction | null,
} | {
  type: "ghost_snapshot",
  ghost_commit: GhostCommit,
} | {
  type: "compaction",
  encrypted_content: string,
} | {
  type: "other",
};
