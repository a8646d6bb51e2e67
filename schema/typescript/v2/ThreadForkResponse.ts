// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AskForApproval } from "./AskForApproval";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { Thread } from "./Thread";

/** The new thread, with its turns. */
export type ThreadForkResponse = {
  thread: Thread,
  model: string,
  modelProvider: string,
  cwd: string,
  approvalPolicy: AskForApproval,
  sandbox: SandboxPolicy,
  reasoningEffort: ReasoningEffort | null,
};
