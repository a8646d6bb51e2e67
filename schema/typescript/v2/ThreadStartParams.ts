// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AskForApproval } from "./AskForApproval";
import type { DynamicToolSpec } from "./DynamicToolSpec";
import type { Personality } from "../Personality";
import type { SandboxMode } from "./SandboxMode";

/** Starts a thread; what is absent comes from the configuration. */
export type ThreadStartParams = {
  approvalPolicy?: AskForApproval | null,
  baseInstructions?: string | null,
  /** Dotted config keys and their values: above the command line's, below the members here. */
  config?: Record<string, never> | null,
  /** Relative paths are taken from the server's own. */
  cwd?: string | null,
  developerInstructions?: string | null,
  /** Tools that the client runs itself. */
  dynamicTools?: Array<DynamicToolSpec> | null,
  /** true: no session file. */
  ephemeral?: boolean | null,
  /** Also send `rawResponseItem/completed`. */
  experimentalRawEvents?: boolean,
  model?: string | null,
  modelProvider?: string | null,
  personality?: Personality | null,
  sandbox?: SandboxMode | null,
};
