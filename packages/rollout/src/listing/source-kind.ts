/** Kinds of sessions by the program that started them, in the names that lists filter by. Pure. */

import type { SessionSource } from "@codex-ts/protocol";

/** Where a session came from. `subAgent` stands for all of its narrower kinds when filtering. */
export type SourceKind =
  | "cli"
  | "vscode"
  | "exec"
  | "appServer"
  | "subAgent"
  | "subAgentReview"
  | "subAgentCompact"
  | "subAgentThreadSpawn"
  | "subAgentOther"
  | "unknown";

/** What a list shows when it is not told otherwise: sessions that people hold with the agent. */
export const INTERACTIVE_SOURCES: readonly SourceKind[] = ["cli", "vscode"];

/** Whether a session belongs to one of the kinds. */
export function matchesSource(source: SessionSource, kinds: readonly SourceKind[]): boolean {
  const kind = sourceKindOf(source);
  return kinds.includes(kind) || (kind.startsWith("subAgent") && kinds.includes("subAgent"));
}

/** The narrowest kind of a source. */
export function sourceKindOf(source: SessionSource): SourceKind {
  if (typeof source === "string") return source === "mcp" ? "appServer" : source;
  const { subagent } = source;
  if (subagent === "review") return "subAgentReview";
  if (subagent === "compact") return "subAgentCompact";
  return "thread_spawn" in subagent ? "subAgentThreadSpawn" : "subAgentOther";
}
