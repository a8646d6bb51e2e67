// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AskForApproval } from "./AskForApproval";
import type { InputItem } from "./InputItem";
import type { JsonValue } from "./serde_json/JsonValue";
import type { ReasoningEffort } from "./ReasoningEffort";
import type { ReasoningSummary } from "./ReasoningSummary";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { ThreadId } from "./ThreadId";

/** Sends a message with settings that stay. */
export type SendUserTurnParams = {
  conversationId: ThreadId,
  items: Array<InputItem>,
  cwd: string,
  approvalPolicy: AskForApproval,
  sandboxPolicy: SandboxPolicy,
  model: string,
  effort?: ReasoningEffort | null,
  summary: ReasoningSummary,
  outputSchema?: JsonValue,
};
