// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AskForApproval } from "./AskForApproval";
import type { Personality } from "../Personality";
import type { ResponseItem } from "../ResponseItem";
import type { SandboxMode } from "./SandboxMode";

/** Loads a thread: from `history`, else from the file at `path`, else by id. */
export type ThreadResumeParams = {
  threadId: string,
  approvalPolicy?: AskForApproval | null,
  baseInstructions?: string | null,
  config?: Record<string, never> | null,
  cwd?: string | null,
  developerInstructions?: string | null,
  /** For internal use: a conversation to go on with. */
  history?: Array<ResponseItem> | null,
  model?: string | null,
  modelProvider?: string | null,
  path?: string | null,
  personality?: Personality | null,
  sandbox?: SandboxMode | null,
};
