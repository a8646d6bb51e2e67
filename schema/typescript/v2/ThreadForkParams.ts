// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AskForApproval } from "./AskForApproval";
import type { SandboxMode } from "./SandboxMode";

/** Copies a stored thread into a new one: from the file at `path`, else by id. */
export type ThreadForkParams = {
  threadId: string,
  approvalPolicy?: AskForApproval | null,
  baseInstructions?: string | null,
  config?: Record<string, never> | null,
  cwd?: string | null,
  developerInstructions?: string | null,
  model?: string | null,
  modelProvider?: string | null,
  path?: string | null,
  sandbox?: SandboxMode | null,
};
