// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AskForApproval } from "./AskForApproval";
import type { SandboxMode } from "./SandboxMode";

/** Copies a stored thread into a new one: from the file at `path`, else by id. */
export type ThreadForkParams = {
  threadId: string,
  path?: string | null,
  model?: string | null,
  modelProvider?: string | null,
  cwd?: string | null,
  approvalPolicy?: AskForApproval | null,
  sandbox?: SandboxMode | null,
  config?: Record<string, never> | null,
  baseInstructions?: string | null,
  developerInstructions?: string | null,
};
