// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AskForApproval } from "./AskForApproval";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { Thread } from "./Thread";

/** The loaded thread, with its turns. */
export type ThreadResumeResponse = {
  approvalPolicy: AskForApproval,
  cwd: string,
  model: string,
  modelProvider: string,
  reasoningEffort: ReasoningEffort | null,
  sandbox: SandboxPolicy,
  thread: Thread,
};
