// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AskForApproval } from "./AskForApproval";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { Thread } from "./Thread";

/** A thread that is loaded and subscribed to. */
export type ThreadStartResponse = {
  thread: Thread,
  model: string,
  modelProvider: string,
  cwd: string,
  approvalPolicy: AskForApproval,
  sandbox: SandboxPolicy,
  reasoningEffort: ReasoningEffort | null,
};
