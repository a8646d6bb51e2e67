/** Starting, steering and stopping turns, and what is told of them. */

import type { CollaborationMode, Personality, ReasoningEffort, ReasoningSummary } from "@codex-ts/protocol";
import type { UserInput } from "./input.js";
import type { AskForApproval, SandboxPolicy } from "./policies.js";
import type { Turn } from "./thread.js";

/** Starts a turn; the settings given stay for later turns. */
export interface TurnStartParams {
  threadId: string;
  input: UserInput[];
  cwd?: string | null;
  approvalPolicy?: AskForApproval | null;
  sandboxPolicy?: SandboxPolicy | null;
  model?: string | null;
  /** How long the model should think. */
  effort?: ReasoningEffort | null;
  summary?: ReasoningSummary | null;
  personality?: Personality | null;
  /** JSON Schema of the final answer; for this turn only. */
  outputSchema?: unknown;
  /** Experimental; wins over `model` and `effort`. */
  collaborationMode?: CollaborationMode | null;
  /** The client's own name for the message. @since 0.169 */
  clientUserMessageId?: string | null;
}

/** The turn, queued. */
export interface TurnStartResponse {
  turn: Turn;
}

/** Stops the running turn. */
export interface TurnInterruptParams {
  threadId: string;
  turnId: string;
}

/** The turn is stopped. */
export type TurnInterruptResponse = Record<string, unknown>;

/** A turn began. */
export interface TurnStartedNotification {
  threadId: string;
  turn: Turn;
}

/** A turn ended: well, with an error, or cut short. */
export interface TurnCompletedNotification {
  threadId: string;
  turn: Turn;
}

/** All changes of the turn so far. */
export interface TurnDiffUpdatedNotification {
  threadId: string;
  turnId: string;
  /** In Git's form, relative to the repository's root. */
  diff: string;
}

/** How far a step of the plan is. */
export type TurnPlanStepStatus = "pending" | "inProgress" | "completed";

/** A step of the plan. */
export interface TurnPlanStep {
  step: string;
  status: TurnPlanStepStatus;
}

/** The whole plan. */
export interface TurnPlanUpdatedNotification {
  threadId: string;
  turnId: string;
  explanation: string | null;
  plan: TurnPlanStep[];
}

/** The conversation was replaced by a summary. */
export interface ContextCompactedNotification {
  threadId: string;
  turnId: string;
}
