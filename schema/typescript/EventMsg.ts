// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AgentStatus } from "./AgentStatus";
import type { AskForApproval } from "./AskForApproval";
import type { CodexErrorInfo } from "./CodexErrorInfo";
import type { CommandRisk } from "./CommandRisk";
import type { CustomPrompt } from "./CustomPrompt";
import type { Duration } from "./Duration";
import type { ExecCommandSource } from "./ExecCommandSource";
import type { ExecOutputStream } from "./ExecOutputStream";
import type { ExecPolicyAmendment } from "./ExecPolicyAmendment";
import type { FileChange } from "./FileChange";
import type { HistoryEntry } from "./HistoryEntry";
import type { JsonValue } from "./serde_json/JsonValue";
import type { McpAuthStatus } from "./McpAuthStatus";
import type { McpInvocation } from "./McpInvocation";
import type { McpStartupFailure } from "./McpStartupFailure";
import type { McpStartupStatus } from "./McpStartupStatus";
import type { ParsedCommand } from "./ParsedCommand";
import type { PlanItemArg } from "./PlanItemArg";
import type { RateLimitSnapshot } from "./RateLimitSnapshot";
import type { ReasoningEffort } from "./ReasoningEffort";
import type { RequestId } from "./RequestId";
import type { RequestUserInputQuestion } from "./RequestUserInputQuestion";
import type { Resource } from "./Resource";
import type { ResourceTemplate } from "./ResourceTemplate";
import type { ResponseItem } from "./ResponseItem";
import type { Result_of_CallToolResult_or_String } from "./Result_of_CallToolResult_or_String";
import type { ReviewOutputEvent } from "./ReviewOutputEvent";
import type { ReviewTarget } from "./ReviewTarget";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { SkillsListEntry } from "./SkillsListEntry";
import type { TextElement } from "./TextElement";
import type { ThreadId } from "./ThreadId";
import type { TokenUsageInfo } from "./TokenUsageInfo";
import type { Tool } from "./Tool";
import type { TurnAbortReason } from "./TurnAbortReason";
import type { TurnItem } from "./TurnItem";
import type { WebSearchAction } from "./WebSearchAction";

/** One event of the older language. */
export type EventMsg = {
  message: string,
  codex_error_info?: CodexErrorInfo | null,
  type: "error",
} | {
  message: string,
  type: "warning",
} | {
  type: "context_compacted",
} | {
  num_turns: number,
  type: "thread_rolled_back",
} | {
  /** Usable tokens of the model's window; null for unknown models. */
  model_context_window?: number | null,
  type: "task_started",
} | {
  last_agent_message?: string | null,
  type: "task_complete",
} | {
  info?: TokenUsageInfo | null,
  rate_limits?: RateLimitSnapshot | null,
  type: "token_count",
} | {
  message: string,
  type: "agent_message",
} | {
  /** The text parts, joined without separator. */
  message: string,
  /** Addresses (data or http URLs) of the images among the parts. */
  images?: Array<string> | null,
  /** Paths of the local images among the parts; kept so that a client can show and edit them again. */
  local_images?: Array<string>,
  /** Marked ranges, in bytes of `message`. */
  text_elements?: Array<TextElement>,
  type: "user_message",
} | {
  delta: string,
  type: "agent_message_delta",
} | {
  text: string,
  type: "agent_reasoning",
} | {
  delta: string,
  type: "agent_reasoning_delta",
} | {
  text: string,
  type: "agent_reasoning_raw_content",
} | {
  delta: string,
  type: "agent_reasoning_raw_content_delta",
} | {
  item_id?: string,
  summary_index?: number,
  type: "agent_reasoning_section_break",
} | {
  session_id: ThreadId,
  forked_from_id?: ThreadId | null,
  model: string,
  model_provider_id: string,
  approval_policy: AskForApproval,
  sandbox_policy: SandboxPolicy,
  cwd: string,
  reasoning_effort?: ReasoningEffort | null,
  /** Identity of the prompt history file; 0 when there is none. */
  history_log_id: number,
  history_entry_count: number,
  /** On resume and fork: the stored events. */
  initial_messages?: Array<EventMsg> | null,
  /** Absent for a thread without a session file. */
  rollout_path?: string | null,
  type: "session_configured",
} | {
  server: string,
  status: McpStartupStatus,
  type: "mcp_startup_update",
} | {
  ready: Array<string>,
  failed: Array<McpStartupFailure>,
  cancelled: Array<string>,
  type: "mcp_startup_complete",
} | {
  call_id: string,
  invocation: McpInvocation,
  type: "mcp_tool_call_begin",
} | {
  call_id: string,
  invocation: McpInvocation,
  duration: Duration,
  result: Result_of_CallToolResult_or_String,
  type: "mcp_tool_call_end",
} | {
  call_id: string,
  type: "web_search_begin",
} | {
  call_id: string,
  query: string,
  action: WebSearchAction,
  type: "web_search_end",
} | {
  call_id: string,
  /** The id of the live process, for sessions that outlive the call. */
  process_id?: string | null,
  turn_id: string,
  command: Array<string>,
  cwd: string,
  parsed_cmd: Array<ParsedCommand>,
  source?: ExecCommandSource,
  /** What was typed into a running session. */
  interaction_input?: string | null,
  type: "exec_command_begin",
} | {
  call_id: string,
  stream: ExecOutputStream,
  /** Base64. */
  chunk: string,
  type: "exec_command_output_delta",
} | {
  call_id: string,
  process_id: string,
  stdin: string,
  type: "terminal_interaction",
} | {
  call_id: string,
  /** The id of the live process, for sessions that outlive the call. */
  process_id?: string | null,
  turn_id: string,
  command: Array<string>,
  cwd: string,
  parsed_cmd: Array<ParsedCommand>,
  source?: ExecCommandSource,
  /** What was typed into a running session. */
  interaction_input?: string | null,
  stdout: string,
  stderr: string,
  /** Both streams together. */
  aggregated_output?: string,
  /** -1 when it never ran. */
  exit_code: number,
  duration: Duration,
  /** The output as the model gets it. */
  formatted_output: string,
  type: "exec_command_end",
} | {
  call_id: string,
  path: string,
  type: "view_image_tool_call",
} | {
  call_id: string,
  turn_id?: string,
  command: Array<string>,
  cwd: string,
  reason?: string | null,
  /** The allow rule that a client may offer. */
  proposed_execpolicy_amendment?: ExecPolicyAmendment | null,
  parsed_cmd: Array<ParsedCommand>,
  /** Only with `experimental_sandbox_command_assessment`. (since 0.1.0) */
  risk?: CommandRisk | null,
  type: "exec_approval_request",
} | {
  call_id: string,
  turn_id?: string,
  questions: Array<RequestUserInputQuestion>,
  type: "request_user_input",
} | {
  callId: string,
  turnId: string,
  tool: string,
  arguments: JsonValue,
  type: "dynamic_tool_call_request",
} | {
  server_name: string,
  id: RequestId,
  message: string,
  type: "elicitation_request",
} | {
  call_id: string,
  turn_id?: string,
  /** Changes by absolute path; for a move the key is the old path. */
  changes: { [key in string]?: FileChange },
  reason?: string | null,
  /** A folder that a client may offer to make writable for the session. */
  grant_root?: string | null,
  type: "apply_patch_approval_request",
} | {
  summary: string,
  details?: string | null,
  type: "deprecation_notice",
} | {
  message: string,
  type: "background_event",
} | {
  message?: string | null,
  type: "undo_started",
} | {
  success: boolean,
  message?: string | null,
  type: "undo_completed",
} | {
  message: string,
  codex_error_info?: CodexErrorInfo | null,
  additional_details?: string | null,
  type: "stream_error",
} | {
  call_id: string,
  turn_id?: string,
  /** Nobody was asked before the first attempt. */
  auto_approved: boolean,
  /** Changes by absolute path; for a move the key is the old path. */
  changes: { [key in string]?: FileChange },
  type: "patch_apply_begin",
} | {
  call_id: string,
  turn_id?: string,
  stdout: string,
  stderr: string,
  success: boolean,
  /** Changes by absolute path; for a move the key is the old path. */
  changes?: { [key in string]?: FileChange },
  type: "patch_apply_end",
} | {
  unified_diff: string,
  type: "turn_diff",
} | {
  offset: number,
  log_id: number,
  entry?: HistoryEntry | null,
  type: "get_history_entry_response",
} | {
  tools: { [key in string]?: Tool },
  resources: { [key in string]?: Array<Resource> },
  resource_templates: { [key in string]?: Array<ResourceTemplate> },
  auth_statuses: { [key in string]?: McpAuthStatus },
  type: "mcp_list_tools_response",
} | {
  custom_prompts: Array<CustomPrompt>,
  type: "list_custom_prompts_response",
} | {
  skills: Array<SkillsListEntry>,
  type: "list_skills_response",
} | {
  type: "skills_update_available",
} | {
  explanation?: string | null,
  plan: Array<PlanItemArg>,
  type: "plan_update",
} | {
  reason: TurnAbortReason,
  type: "turn_aborted",
} | {
  type: "shutdown_complete",
} | {
  target: ReviewTarget,
  user_facing_hint?: string | null,
  type: "entered_review_mode",
} | {
  review_output?: ReviewOutputEvent | null,
  type: "exited_review_mode",
} | {
  item: ResponseItem,
  type: "raw_response_item",
} | {
  thread_id: ThreadId,
  turn_id: string,
  item: TurnItem,
  type: "item_started",
} | {
  thread_id: ThreadId,
  turn_id: string,
  item: TurnItem,
  type: "item_completed",
} | {
  thread_id: string,
  turn_id: string,
  item_id: string,
  delta: string,
  type: "agent_message_content_delta",
} | {
  thread_id: string,
  turn_id: string,
  item_id: string,
  delta: string,
  summary_index?: number,
  type: "reasoning_content_delta",
} | {
  thread_id: string,
  turn_id: string,
  item_id: string,
  delta: string,
  content_index?: number,
  type: "reasoning_raw_content_delta",
} | {
  call_id: string,
  sender_thread_id: ThreadId,
  prompt: string,
  type: "collab_agent_spawn_begin",
} | {
  call_id: string,
  sender_thread_id: ThreadId,
  new_thread_id?: ThreadId | null,
  prompt: string,
  status: AgentStatus,
  type: "collab_agent_spawn_end",
} | {
  call_id: string,
  sender_thread_id: ThreadId,
  receiver_thread_id: ThreadId,
  prompt: string,
  type: "collab_agent_interaction_begin",
} | {
  call_id: string,
  sender_thread_id: ThreadId,
  receiver_thread_id: ThreadId,
  prompt: string,
  status: AgentStatus,
  type: "collab_agent_interaction_end",
} | {
  sender_thread_id: ThreadId,
  receiver_thread_ids: Array<ThreadId>,
  call_id: string,
  type: "collab_waiting_begin",
} | {
  sender_thread_id: ThreadId,
  call_id: string,
  /** By thread id. */
  statuses: { [key in string]?: AgentStatus },
  type: "collab_waiting_end",
} | {
  call_id: string,
  sender_thread_id: ThreadId,
  receiver_thread_id: ThreadId,
  type: "collab_close_begin",
} | {
  call_id: string,
  sender_thread_id: ThreadId,
  receiver_thread_id: ThreadId,
  status: AgentStatus,
  type: "collab_close_end",
};
