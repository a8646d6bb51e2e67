/** ThreadEvent: the one event language inside. Everything older or narrower is a projection of it. */

import type { CustomPrompt, HistoryEntryReply, McpToolsReply, SkillsListEntry } from "./queries.js";
import type { AbortReason, CodexErrorInfo, TurnError } from "./errors.js";
import type { EventMsg } from "./event-msg.js";
import type { IsoTime, ItemId, QuestionId, ThreadId, TurnId } from "./ids.js";
import type { ItemDelta, ThreadItem } from "./items.js";
import type { McpStartupFailure, McpStartupStatus } from "./mcp.js";
import type { Plan } from "./plan.js";
import type { ApprovalPolicy, ReasoningEffort, SandboxPolicy } from "./policies.js";
import type { Answer, AnsweredBy, Question } from "./questions.js";
import type { ResponseItem } from "./response-items.js";
import type { ModelPreset } from "./models.js";
import type { RateLimitSnapshot, TokenUsageInfo } from "./usage.js";

/** What a thread is set to; told first, and again after every change. */
export interface ThreadSettings {
  model: string;
  modelProviderId: string;
  approvalPolicy: ApprovalPolicy;
  sandboxPolicy: SandboxPolicy;
  cwd: string;
  /** null: the model's own default. */
  reasoningEffort: ReasoningEffort | null;
}

/** What only the first event of a thread says besides its settings. */
export interface ThreadOrigin {
  forkedFromId: ThreadId | null;
  /** Identity of the prompt history file; 0 when there is none. */
  historyLogId: number;
  historyEntryCount: number;
  /** null for an ephemeral thread. */
  rolloutPath: string | null;
  /** On resume and fork: the stored events, for clients of the older language. */
  initialMessages?: EventMsg[];
}

/** How a turn ended. */
export type TurnOutcome =
  | { kind: "completed" }
  | { kind: "failed"; error: TurnError }
  | { kind: "interrupted"; reason: AbortReason };

/** Something worth saying that is no item. */
export type Notice =
  | { kind: "warning"; message: string }
  /** An error that does not end the turn, or that happened outside of one. */
  | { kind: "error"; error: TurnError }
  | { kind: "deprecation"; summary: string; details: string | null }
  | { kind: "background"; message: string }
  /** The stream broke and is tried again. */
  | { kind: "retrying"; message: string; info: CodexErrorInfo | null; additionalDetails: string | null }
  | { kind: "compacted" }
  | { kind: "rolledBack"; numTurns: number }
  | { kind: "undoStarted"; message: string | null }
  | { kind: "undoCompleted"; success: boolean; message: string | null }
  | { kind: "mcpStartup"; server: string; status: McpStartupStatus }
  | { kind: "mcpStartupComplete"; ready: string[]; failed: McpStartupFailure[]; cancelled: string[] }
  | { kind: "skillsChanged" }
  | { kind: "shutdownComplete" };

/** An answer to an operation that asks for data. */
export type Reply =
  | { kind: "historyEntry"; entry: HistoryEntryReply }
  | { kind: "mcpTools"; tools: McpToolsReply }
  | { kind: "customPrompts"; prompts: CustomPrompt[] }
  | { kind: "skills"; skills: SkillsListEntry[] }
  | { kind: "models"; models: ModelPreset[] };

/** What an event says, apart from where and when. */
export type ThreadEventBody =
  /** `origin` is null when only the settings changed. */
  | { type: "thread.configured"; settings: ThreadSettings; origin: ThreadOrigin | null }
  | { type: "turn.started"; contextWindow: number | null }
  | { type: "turn.ended"; outcome: TurnOutcome; lastAgentMessage: string | null }
  | { type: "item.started"; item: ThreadItem }
  | { type: "item.delta"; itemId: ItemId; delta: ItemDelta }
  /** Exactly one per item; its status says how. Nothing follows for this id. */
  | { type: "item.ended"; item: ThreadItem }
  | { type: "question.asked"; question: Question }
  | { type: "question.answered"; questionId: QuestionId; by: AnsweredBy; answer: Answer }
  /** The whole diff of the turn so far, in Git's form. */
  | { type: "turn.diff"; diff: string }
  | { type: "turn.plan"; plan: Plan }
  | { type: "usage"; usage: TokenUsageInfo | null; rateLimits: RateLimitSnapshot | null }
  | { type: "notice"; notice: Notice }
  | { type: "reply"; reply: Reply }
  /** Recorded for the model; not for eyes. */
  | { type: "response.item"; item: ResponseItem };

/** Where and when an event happened. */
export interface ThreadEventHeader {
  threadId: ThreadId;
  /** Grows by one per thread; a subscriber that knows the last one can catch up. */
  seq: number;
  at: IsoTime;
  /** null for what belongs to the thread and not to a turn. */
  turnId: TurnId | null;
}

/** What a thread says. */
export type ThreadEvent = ThreadEventHeader & ThreadEventBody;
