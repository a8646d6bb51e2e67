// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { SubAgentSource } from "./SubAgentSource";

/** Which program a thread was started by. */
export type SessionSource = "cli" | "vscode" | "exec" | "mcp" | "unknown" | {
  subagent: SubAgentSource,
};
