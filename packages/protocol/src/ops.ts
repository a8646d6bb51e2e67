/** Operations: what a client asks of a thread. Unknown ones are ignored. */

import type { CommandDecision, ElicitationAction, FileChangeDecision } from "./decisions.js";
import type {
  ApprovalPolicy,
  CollaborationMode,
  Personality,
  ReasoningEffort,
  ReasoningSummary,
  SandboxPolicy,
} from "./policies.js";
import type { UserInputAnswers } from "./questions.js";
import type { ReviewRequest } from "./review.js";
import type { UserInput } from "./user-input.js";

/** One operation. */
export type Op =
  /** Ends the running turn; without one, cancels MCP start-up. */
  | { type: "interrupt" }
  /** Starts a turn with the stored settings, or steers the running one. */
  | { type: "user_input"; items: UserInput[]; final_output_json_schema?: unknown }
  /** The same, with new settings that stay. */
  | {
      type: "user_turn";
      items: UserInput[];
      cwd: string;
      approval_policy: ApprovalPolicy;
      sandbox_policy: SandboxPolicy;
      model: string;
      effort?: ReasoningEffort | null;
      summary: ReasoningSummary;
      final_output_json_schema?: unknown;
      collaboration_mode?: CollaborationMode | null;
      personality?: Personality | null;
    }
  /** Changes stored settings: absent keeps, `effort: null` clears. */
  | {
      type: "override_turn_context";
      cwd?: string;
      approval_policy?: ApprovalPolicy;
      sandbox_policy?: SandboxPolicy;
      model?: string;
      effort?: ReasoningEffort | null;
      summary?: ReasoningSummary;
      collaboration_mode?: CollaborationMode;
      personality?: Personality;
    }
  /** `id` is the turn's id, as the older clients send it, or the item's. */
  | { type: "exec_approval"; id: string; decision: CommandDecision }
  | { type: "patch_approval"; id: string; decision: FileChangeDecision }
  | {
      type: "resolve_elicitation";
      server_name: string;
      request_id: string | number;
      decision: ElicitationAction;
      /** The filled-in form; newer clients send it with `accept`. */
      content?: unknown;
    }
  | { type: "user_input_answer"; id: string; response: UserInputAnswers }
  | { type: "dynamic_tool_response"; id: string; response: DynamicToolResponse }
  | { type: "add_to_history"; text: string }
  | { type: "get_history_entry_request"; offset: number; log_id: number }
  | { type: "list_mcp_tools" }
  | { type: "refresh_mcp_servers"; config: McpRefreshConfig }
  | { type: "list_custom_prompts" }
  | { type: "list_skills"; cwds?: string[]; force_reload?: boolean }
  | { type: "list_models" }
  | { type: "compact" }
  | { type: "undo" }
  | { type: "thread_rollback"; num_turns: number }
  | { type: "review"; review_request: ReviewRequest }
  | { type: "run_user_shell_command"; command: string }
  | { type: "shutdown" };

/** A client-side tool's answer. */
export interface DynamicToolResponse {
  callId: string;
  output: string;
  success: boolean;
}

/** New MCP servers for a thread; the shape of `mcp_servers` in config.toml. */
export interface McpRefreshConfig {
  mcp_servers: Record<string, unknown>;
  mcp_oauth_credentials_store_mode: unknown;
}

/** An operation with the id its events will carry. */
export interface Submission {
  id: string;
  op: Op;
}
