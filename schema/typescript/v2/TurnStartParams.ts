// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AskForApproval } from "./AskForApproval";
import type { CollaborationMode } from "../CollaborationMode";
import type { JsonValue } from "../serde_json/JsonValue";
import type { Personality } from "../Personality";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { ReasoningSummary } from "../ReasoningSummary";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { UserInput } from "./UserInput";

/** Starts a turn; the settings given stay for later turns. */
export type TurnStartParams = {
  threadId: string,
  input: Array<UserInput>,
  cwd?: string | null,
  approvalPolicy?: AskForApproval | null,
  sandboxPolicy?: SandboxPolicy | null,
  model?: string | null,
  /** How long the model should think. */
  effort?: ReasoningEffort | null,
  summary?: ReasoningSummary | null,
  personality?: Personality | null,
  /** JSON Schema of the final answer; for this turn only. */
  outputSchema?: JsonValue,
  /** Experimental; wins over `model` and `effort`. */
  collaborationMode?: CollaborationMode | null,
  /** The client's own name for the message. (since 0.169) */
  clientUserMessageId?: string | null,
};
