// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AskForApproval } from "./AskForApproval";
import type { EventMsg } from "./EventMsg";
import type { ReasoningEffort } from "./ReasoningEffort";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { ThreadId } from "./ThreadId";

/** What a session begins with. */
export type SessionConfiguredEvent = {
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
};
