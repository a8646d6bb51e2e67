/** Events of a session and its turns: beginnings, ends, errors, usage, notices, and answers to questions about data. */

import type { AbortReason, CodexErrorInfo } from "../errors.js";
import type { McpStartupFailure, McpStartupStatus } from "../mcp.js";
import type { Int64, Uint32 } from "../numbers.js";
import type { PlanItem } from "../plan.js";
import type { CustomPrompt, SkillsListEntry } from "../queries.js";
import type { ReviewOutput } from "../review.js";
import type { RateLimitSnapshot, TokenUsageInfo } from "../usage.js";

/** Something went wrong; the turn still ends with `task_complete` or `turn_aborted`. */
export interface ErrorEvent {
  message: string;
  codex_error_info?: CodexErrorInfo | null;
}

/** The stream broke and is tried again. */
export interface StreamErrorEvent {
  message: string;
  codex_error_info?: CodexErrorInfo | null;
  additional_details?: string | null;
}

/** Something a person should know. */
export interface WarningEvent {
  message: string;
}

/** What happens behind the scenes. */
export interface BackgroundEventEvent {
  message: string;
}

/** A setting that will go away. */
export interface DeprecationNoticeEvent {
  summary: string;
  details?: string | null;
}

/** A turn begins. */
export interface TurnStartedEvent {
  /** Usable tokens of the model's window; null for unknown models. */
  model_context_window?: Int64 | null;
}

/** A turn ended, well or with an error that was told before. */
export interface TurnCompleteEvent {
  last_agent_message?: string | null;
}

/** A turn was cut short. */
export interface TurnAbortedEvent {
  reason: AbortReason;
}

/** Usage and limits: at each response's headers, and again at its end. */
export interface TokenCountEvent {
  info?: TokenUsageInfo | null;
  rate_limits?: RateLimitSnapshot | null;
}

/** The conversation was replaced by a summary. */
export interface ContextCompactedEvent {}

/** The last turns were taken back; files stay as they are. */
export interface ThreadRolledBackEvent {
  num_turns: Uint32;
}

/** An undo begins. */
export interface UndoStartedEvent {
  message?: string | null;
}

/** An undo ended. */
export interface UndoCompletedEvent {
  success: boolean;
  message?: string | null;
}

/** All changes of the turn so far, in Git's form. */
export interface TurnDiffEvent {
  unified_diff: string;
}

/** The whole plan. @closed */
export interface UpdatePlanArgs {
  explanation?: string | null;
  plan: PlanItem[];
}

/** The reviewer is done; null: without a result. */
export interface ExitedReviewModeEvent {
  review_output?: ReviewOutput | null;
}

/** How far an MCP server's start is. */
export interface McpStartupUpdateEvent {
  server: string;
  status: McpStartupStatus;
}

/** Every MCP server has started, failed or been cancelled. */
export interface McpStartupCompleteEvent {
  ready: string[];
  failed: McpStartupFailure[];
  cancelled: string[];
}

/** The user's own prompts. */
export interface ListCustomPromptsResponseEvent {
  custom_prompts: CustomPrompt[];
}

/** The skills of each asked folder. */
export interface ListSkillsResponseEvent {
  skills: SkillsListEntry[];
}
