/** EventMsg: the older event language, as it stands in session files, `codex/event/*` notifications and the MCP server. A projection of ThreadEvent. */

import type * as message from "./events/messages.js";
import type * as session from "./events/session.js";
import type * as tool from "./events/tools.js";
import type { ThreadId } from "./ids.js";
import type { Uint, Uint64 } from "./numbers.js";
import type { ApprovalPolicy, ReasoningEffort, SandboxPolicy } from "./policies.js";
import type { HistoryEntryReply, McpToolsReply } from "./queries.js";
import type { ReviewRequest } from "./review.js";

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
  /** Identity of the prompt history file; 0 when there is none. */
  history_log_id: Uint64;
  history_entry_count: Uint;
  /** On resume and fork: the stored events. */
  initial_messages?: EventMsg[] | null;
  /** Absent for a thread without a session file. */
  rollout_path?: string | null;
}

/** One event of the older language. */
export type EventMsg =
  | ({ type: "error" } & session.ErrorEvent)
  | ({ type: "warning" } & session.WarningEvent)
  | ({ type: "context_compacted" } & session.ContextCompactedEvent)
  | ({ type: "thread_rolled_back" } & session.ThreadRolledBackEvent)
  | ({ type: "task_started" } & session.TurnStartedEvent)
  | ({ type: "task_complete" } & session.TurnCompleteEvent)
  | ({ type: "token_count" } & session.TokenCountEvent)
  | ({ type: "agent_message" } & message.AgentMessageEvent)
  | ({ type: "user_message" } & message.UserMessageEvent)
  | ({ type: "agent_message_delta" } & message.AgentMessageDeltaEvent)
  | ({ type: "agent_reasoning" } & message.AgentReasoningEvent)
  | ({ type: "agent_reasoning_delta" } & message.AgentReasoningDeltaEvent)
  | ({ type: "agent_reasoning_raw_content" } & message.AgentReasoningRawContentEvent)
  | ({ type: "agent_reasoning_raw_content_delta" } & message.AgentReasoningRawContentDeltaEvent)
  | ({ type: "agent_reasoning_section_break" } & message.AgentReasoningSectionBreakEvent)
  | ({ type: "session_configured" } & SessionConfiguredEvent)
  | ({ type: "mcp_startup_update" } & session.McpStartupUpdateEvent)
  | ({ type: "mcp_startup_complete" } & session.McpStartupCompleteEvent)
  | ({ type: "mcp_tool_call_begin" } & tool.McpToolCallBeginEvent)
  | ({ type: "mcp_tool_call_end" } & tool.McpToolCallEndEvent)
  | ({ type: "web_search_begin" } & tool.WebSearchBeginEvent)
  | ({ type: "web_search_end" } & tool.WebSearchEndEvent)
  | ({ type: "exec_command_begin" } & tool.ExecCommandBeginEvent)
  | ({ type: "exec_command_output_delta" } & tool.ExecCommandOutputDeltaEvent)
  | ({ type: "terminal_interaction" } & tool.TerminalInteractionEvent)
  | ({ type: "exec_command_end" } & tool.ExecCommandEndEvent)
  | ({ type: "view_image_tool_call" } & tool.ViewImageToolCallEvent)
  | ({ type: "exec_approval_request" } & tool.ExecApprovalRequestEvent)
  | ({ type: "request_user_input" } & tool.RequestUserInputEvent)
  | ({ type: "dynamic_tool_call_request" } & tool.DynamicToolCallRequest)
  | ({ type: "elicitation_request" } & tool.ElicitationRequestEvent)
  | ({ type: "apply_patch_approval_request" } & tool.ApplyPatchApprovalRequestEvent)
  | ({ type: "deprecation_notice" } & session.DeprecationNoticeEvent)
  | ({ type: "background_event" } & session.BackgroundEventEvent)
  | ({ type: "undo_started" } & session.UndoStartedEvent)
  | ({ type: "undo_completed" } & session.UndoCompletedEvent)
  | ({ type: "stream_error" } & session.StreamErrorEvent)
  | ({ type: "patch_apply_begin" } & tool.PatchApplyBeginEvent)
  | ({ type: "patch_apply_end" } & tool.PatchApplyEndEvent)
  | ({ type: "turn_diff" } & session.TurnDiffEvent)
  | ({ type: "get_history_entry_response" } & HistoryEntryReply)
  | ({ type: "mcp_list_tools_response" } & McpToolsReply)
  | ({ type: "list_custom_prompts_response" } & session.ListCustomPromptsResponseEvent)
  | ({ type: "list_skills_response" } & session.ListSkillsResponseEvent)
  | { type: "skills_update_available" }
  | ({ type: "plan_update" } & session.UpdatePlanArgs)
  | ({ type: "turn_aborted" } & session.TurnAbortedEvent)
  | { type: "shutdown_complete" }
  | ({ type: "entered_review_mode" } & ReviewRequest)
  | ({ type: "exited_review_mode" } & session.ExitedReviewModeEvent)
  | ({ type: "raw_response_item" } & message.RawResponseItemEvent)
  | ({ type: "item_started" } & message.ItemStartedEvent)
  | ({ type: "item_completed" } & message.ItemCompletedEvent)
  | ({ type: "agent_message_content_delta" } & message.AgentMessageContentDeltaEvent)
  | ({ type: "reasoning_content_delta" } & message.ReasoningContentDeltaEvent)
  | ({ type: "reasoning_raw_content_delta" } & message.ReasoningRawContentDeltaEvent)
  | ({ type: "collab_agent_spawn_begin" } & tool.CollabAgentSpawnBeginEvent)
  | ({ type: "collab_agent_spawn_end" } & tool.CollabAgentSpawnEndEvent)
  | ({ type: "collab_agent_interaction_begin" } & tool.CollabAgentInteractionBeginEvent)
  | ({ type: "collab_agent_interaction_end" } & tool.CollabAgentInteractionEndEvent)
  | ({ type: "collab_waiting_begin" } & tool.CollabWaitingBeginEvent)
  | ({ type: "collab_waiting_end" } & tool.CollabWaitingEndEvent)
  | ({ type: "collab_close_begin" } & tool.CollabCloseBeginEvent)
  | ({ type: "collab_close_end" } & tool.CollabCloseEndEvent);

/** The name of an event of the older language. */
export type EventMsgType = EventMsg["type"];

/** The event of one name. */
export type EventMsgOf<Type extends EventMsgType> = Extract<EventMsg, { type: Type }>;

/** An event with the id of the submission it belongs to; empty for the session's own. */
export interface Event {
  id: string;
  msg: EventMsg;
}
