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

/** The source recorded in a session file; old files without one were written by the editor extension. */
export function recordedSource(source: unknown): SessionSource {
  if (source === undefined || source === null) return "vscode";
  if (typeof source === "object" && "subagent" in source) {
    const { subagent } = source;
    if (subagent === "review" || subagent === "compact") return { subagent };
    if (typeof subagent === "object" && subagent !== null) {
      if ("other" in subagent && typeof subagent.other === "string") return { subagent: { other: subagent.other } };
      if ("thread_spawn" in subagent) return spawned(subagent.thread_spawn);
    }
    return "unknown";
  }
  return source === "cli" || source === "vscode" || source === "exec" || source === "mcp" ? source : "unknown";
}

function spawned(spawn: unknown): SessionSource {
  if (typeof spawn !== "object" || spawn === null) return "unknown";
  if (!("parent_thread_id" in spawn && "depth" in spawn)) return "unknown";
  const { parent_thread_id, depth } = spawn;
  if (typeof parent_thread_id !== "string" || typeof depth !== "number") return "unknown";
  return { subagent: { thread_spawn: { parent_thread_id, depth } } };
}

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
