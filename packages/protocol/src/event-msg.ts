/** EventMsg: the older event language, as it stands in session files, `codex/event/*` notifications and the MCP server. A projection of ThreadEvent. */

import type { ExecCommandSource, ExecOutputStream, FileChanges, ParsedCommand } from "./commands.js";
import type { CommandRisk, ExecPolicyAmendment } from "./decisions.js";
import type { CodexErrorInfo } from "./errors.js";
import type { ThreadId } from "./ids.js";
import type { McpInvocation, McpStartupFailure, McpStartupStatus, McpToolResult } from "./mcp.js";
import type { PlanItem } from "./plan.js";
import type { ApprovalPolicy, ReasoningEffort, SandboxPolicy } from "./policies.js";
import type { CustomPrompt, HistoryEntryReply, McpToolsReply, SkillsListEntry } from "./queries.js";
import type { UserInputPrompt } from "./questions.js";
import type { ResponseItem, WebSearchAction } from "./response-items.js";
import type { ReviewOutput, ReviewTarget } from "./review.js";
import type { AgentStatus } from "./sub-agents.js";
import type { RateLimitSnapshot, TokenUsageInfo } from "./usage.js";
import type { TextElement, UserInput } from "./user-input.js";

/** A span of time. */
export interface WireDuration {
  secs: number;
  nanos: number;
}

/** Items of the older language; tags are PascalCase there. */
export type TurnItem =
  | { type: "UserMessage"; id: string; content: UserInput[] }
  | { type: "AgentMessage"; id: string; content: { type: "Text"; text: string }[] }
  | { type: "Reasoning"; id: string; summary_text: string[]; raw_content?: string[] }
  | { type: "WebSearch"; id: string; query: string; action: WebSearchAction };

/** A call's result: exactly one of the two keys. */
export type McpCallOutcome = { Ok: McpToolResult } | { Err: string };

/** What a session begins with. */
export interface SessionConfiguredEvent {
  session_id: ThreadId;
  forked_from_id?: ThreadId | null;
  model: string;
  model_provider_id: string;
  approval_policy: ApprovalPolicy;
  sandbox_policy: SandboxPolicy;
  cwd: string;
  reasoning_effort?: ReasoningEffort | null;
  history_log_id: number;
  history_entry_count: number;
  /** On resume and fork: the stored events. */
  initial_messages?: EventMsg[] | null;
  rollout_path?: string | null;
}

/** What every command event says about its command. */
export interface ExecCommandFacts {
  call_id: string;
  process_id?: string | null;
  turn_id: string;
  command: string[];
  cwd: string;
  parsed_cmd: ParsedCommand[];
  source?: ExecCommandSource;
  interaction_input?: string | null;
}

/** One event of the older language. */
export type EventMsg =
  | { type: "error"; message: string; codex_error_info?: CodexErrorInfo | null }
  | { type: "warning"; message: string }
  | { type: "context_compacted" }
  | { type: "thread_rolled_back"; num_turns: number }
  | { type: "task_started"; model_context_window?: number | null }
  | { type: "task_complete"; last_agent_message?: string | null }
  | { type: "token_count"; info?: TokenUsageInfo | null; rate_limits?: RateLimitSnapshot | null }
  | { type: "agent_message"; message: string }
  | {
      type: "user_message";
      message: string;
      images?: string[] | null;
      local_images?: string[];
      text_elements?: TextElement[];
    }
  | { type: "agent_message_delta"; delta: string }
  | { type: "agent_reasoning"; text: string }
  | { type: "agent_reasoning_delta"; delta: string }
  | { type: "agent_reasoning_raw_content"; text: string }
  | { type: "agent_reasoning_raw_content_delta"; delta: string }
  | { type: "agent_reasoning_section_break"; item_id?: string; summary_index?: number }
  | ({ type: "session_configured" } & SessionConfiguredEvent)
  | { type: "mcp_startup_update"; server: string; status: McpStartupStatus }
  | { type: "mcp_startup_complete"; ready: string[]; failed: McpStartupFailure[]; cancelled: string[] }
  | { type: "mcp_tool_call_begin"; call_id: string; invocation: McpInvocation }
  | {
      type: "mcp_tool_call_end";
      call_id: string;
      invocation: McpInvocation;
      duration: WireDuration;
      result: McpCallOutcome;
    }
  | { type: "web_search_begin"; call_id: string }
  | { type: "web_search_end"; call_id: string; query: string; action: WebSearchAction }
  | ({ type: "exec_command_begin" } & ExecCommandFacts)
  /** `chunk` is base64. */
  | { type: "exec_command_output_delta"; call_id: string; stream: ExecOutputStream; chunk: string }
  | { type: "terminal_interaction"; call_id: string; process_id: string; stdin: string }
  | ({
      type: "exec_command_end";
      stdout: string;
      stderr: string;
      aggregated_output?: string;
      exit_code: number;
      duration: WireDuration;
      formatted_output: string;
    } & ExecCommandFacts)
  | { type: "view_image_tool_call"; call_id: string; path: string }
  | {
      type: "exec_approval_request";
      call_id: string;
      turn_id?: string;
      command: string[];
      cwd: string;
      reason?: string | null;
      proposed_execpolicy_amendment?: ExecPolicyAmendment | null;
      parsed_cmd: ParsedCommand[];
      risk?: CommandRisk | null;
    }
  | { type: "request_user_input"; call_id: string; turn_id?: string; questions: UserInputPrompt[] }
  | { type: "dynamic_tool_call_request"; callId: string; turnId: string; tool: string; arguments: unknown }
  | { type: "elicitation_request"; server_name: string; id: string | number; message: string }
  | {
      type: "apply_patch_approval_request";
      call_id: string;
      turn_id?: string;
      changes: FileChanges;
      reason?: string | null;
      grant_root?: string | null;
    }
  | { type: "deprecation_notice"; summary: string; details?: string | null }
  | { type: "background_event"; message: string }
  | { type: "undo_started"; message?: string | null }
  | { type: "undo_completed"; success: boolean; message?: string | null }
  | {
      type: "stream_error";
      message: string;
      codex_error_info?: CodexErrorInfo | null;
      additional_details?: string | null;
    }
  | { type: "patch_apply_begin"; call_id: string; turn_id?: string; auto_approved: boolean; changes: FileChanges }
  | {
      type: "patch_apply_end";
      call_id: string;
      turn_id?: string;
      stdout: string;
      stderr: string;
      success: boolean;
      changes?: FileChanges;
    }
  | { type: "turn_diff"; unified_diff: string }
  | ({ type: "get_history_entry_response" } & HistoryEntryReply)
  | ({ type: "mcp_list_tools_response" } & McpToolsReply)
  | { type: "list_custom_prompts_response"; custom_prompts: CustomPrompt[] }
  | { type: "list_skills_response"; skills: SkillsListEntry[] }
  | { type: "skills_update_available" }
  | { type: "plan_update"; explanation?: string | null; plan: PlanItem[] }
  | { type: "turn_aborted"; reason: "interrupted" | "replaced" | "review_ended" }
  | { type: "shutdown_complete" }
  | { type: "entered_review_mode"; target: ReviewTarget; user_facing_hint?: string | null }
  | { type: "exited_review_mode"; review_output?: ReviewOutput | null }
  | { type: "raw_response_item"; item: ResponseItem }
  | { type: "item_started"; thread_id: ThreadId; turn_id: string; item: TurnItem }
  | { type: "item_completed"; thread_id: ThreadId; turn_id: string; item: TurnItem }
  | { type: "agent_message_content_delta"; thread_id: string; turn_id: string; item_id: string; delta: string }
  | {
      type: "reasoning_content_delta";
      thread_id: string;
      turn_id: string;
      item_id: string;
      delta: string;
      summary_index?: number;
    }
  | {
      type: "reasoning_raw_content_delta";
      thread_id: string;
      turn_id: string;
      item_id: string;
      delta: string;
      content_index?: number;
    }
  | { type: "collab_agent_spawn_begin"; call_id: string; sender_thread_id: ThreadId; prompt: string }
  | {
      type: "collab_agent_spawn_end";
      call_id: string;
      sender_thread_id: ThreadId;
      new_thread_id?: ThreadId | null;
      prompt: string;
      status: AgentStatus;
    }
  | {
      type: "collab_agent_interaction_begin";
      call_id: string;
      sender_thread_id: ThreadId;
      receiver_thread_id: ThreadId;
      prompt: string;
    }
  | {
      type: "collab_agent_interaction_end";
      call_id: string;
      sender_thread_id: ThreadId;
      receiver_thread_id: ThreadId;
      prompt: string;
      status: AgentStatus;
    }
  | { type: "collab_waiting_begin"; sender_thread_id: ThreadId; receiver_thread_ids: ThreadId[]; call_id: string }
  | { type: "collab_waiting_end"; sender_thread_id: ThreadId; call_id: string; statuses: Record<string, AgentStatus> }
  | { type: "collab_close_begin"; call_id: string; sender_thread_id: ThreadId; receiver_thread_id: ThreadId }
  | {
      type: "collab_close_end";
      call_id: string;
      sender_thread_id: ThreadId;
      receiver_thread_id: ThreadId;
      status: AgentStatus;
    };

/** An event with the id of the submission it belongs to; empty for the session's own. */
export interface Event {
  id: string;
  msg: EventMsg;
}
