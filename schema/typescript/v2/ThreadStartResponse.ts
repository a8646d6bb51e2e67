// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AskForApproval } from "./AskForApproval";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { Thread } from "./Thread";

/** A thread that is loaded and subscribed to. */
export type ThreadStartResponse = {
  approvalPolicy: AskForApproval,
  cwd: string,
  model: string,
  modelProvider: string,
  reasoningEffort: ReasoningEffort | null,
  sandbox: SandboxPolicy,
  thread: Thread,
};
