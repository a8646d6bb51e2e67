// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AskForApproval } from "./AskForApproval";
import type { Personality } from "../Personality";
import type { ResponseItem } from "../ResponseItem";
import type { SandboxMode } from "./SandboxMode";

/** Loads a thread: from `history`, else from the file at `path`, else by id. */
export type ThreadResumeParams = {
  threadId: string,
  /** For internal use: a conversation to go on with. */
  history?: Array<ResponseItem> | null,
  path?: string | null,
  model?: string | null,
  modelProvider?: string | null,
  cwd?: string | null,
  approvalPolicy?: AskForApproval | null,
  sandbox?: SandboxMode | null,
  config?: Record<string, never> | null,
  baseInstructions?: string | null,
  developerInstructions?: string | null,
  personality?: Personality | null,
};
