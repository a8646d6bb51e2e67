// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AskForApproval } from "./AskForApproval";
import type { DynamicToolSpec } from "./DynamicToolSpec";
import type { Personality } from "../Personality";
import type { SandboxMode } from "./SandboxMode";

/** Starts a thread; what is absent comes from the configuration. */
export type ThreadStartParams = {
  model?: string | null,
  modelProvider?: string | null,
  /** Relative paths are taken from the server's own. */
  cwd?: string | null,
  approvalPolicy?: AskForApproval | null,
  sandbox?: SandboxMode | null,
  /** Dotted config keys and their values: above the command line's, below the members here. */
  config?: Record<string, never> | null,
  baseInstructions?: string | null,
  developerInstructions?: string | null,
  personality?: Personality | null,
  /** true: no session file. */
  ephemeral?: boolean | null,
  /** Tools that the client runs itself. */
  dynamicTools?: Array<DynamicToolSpec> | null,
  /** Also send `rawResponseItem/completed`. */
  experimentalRawEvents?: boolean,
};
