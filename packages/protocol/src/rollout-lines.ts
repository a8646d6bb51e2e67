/** Lines of a session file; see docs/architecture.md, "Sessions on disk". */

import type { IsoTime, ThreadId } from "./ids.js";
import type {
  ApprovalPolicy,
  CollaborationMode,
  Personality,
  ReasoningEffort,
  ReasoningSummary,
  SandboxPolicy,
  SessionSource,
  TruncationPolicy,
} from "./policies.js";
import type { ResponseItem } from "./response-items.js";
import type { EventMsg } from "./event-msg.js";

/** The repository a session began in; unknown parts are left out. */
export interface GitInfo {
  commit_hash?: string;
  branch?: string;
  repository_url?: string;
}

/** The first line of a session file. */
export interface SessionMeta {
  id: ThreadId;
  forked_from_id?: ThreadId;
  timestamp: IsoTime;
  cwd: string;
  originator: string;
  cli_version: string;
  source?: SessionSource;
  model_provider?: string | null;
  base_instructions?: { text: string } | null;
  git?: GitInfo | null;
}

/** The settings of one request to the model. */
export interface TurnContextLine {
  cwd: string;
  approval_policy: ApprovalPolicy;
  sandbox_policy: SandboxPolicy;
  model: string;
  personality?: Personality;
  collaboration_mode?: CollaborationMode;
  effort?: ReasoningEffort;
  summary: ReasoningSummary;
  user_instructions?: string;
  developer_instructions?: string;
  final_output_json_schema?: unknown;
  truncation_policy?: TruncationPolicy;
}

/** The conversation was replaced by a summary. */
export interface CompactedLine {
  message: string;
  replacement_history?: ResponseItem[];
}

/** A line without its time. */
export type RolloutItem =
  | { type: "session_meta"; payload: SessionMeta }
  | { type: "response_item"; payload: ResponseItem }
  | { type: "event_msg"; payload: EventMsg }
  | { type: "turn_context"; payload: TurnContextLine }
  | { type: "compacted"; payload: CompactedLine };

/** A line of a session file. */
export type RolloutLine = { timestamp: IsoTime } & RolloutItem;
