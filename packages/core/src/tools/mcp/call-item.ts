/** Shows a call to an MCP server as an item: it begins, and it ends with what came of it. */

import type { McpCallItem, McpInvocation, McpToolResult } from "@codex-ts/protocol";
import type { Turn } from "../../turn/turn.js";

/** Runs `work` as an item of the turn. @throws what `work` throws */
export async function asCallItem(
  turn: Turn,
  callId: string,
  invocation: McpInvocation,
  work: () => Promise<McpToolResult>,
): Promise<McpToolResult> {
  const { items } = turn.session;
  const begun: McpCallItem = {
    type: "mcpCall",
    id: callId,
    invocation,
    status: "inProgress",
    result: null,
    error: null,
    durationMs: null,
  };
  items.start(begun, turn.id);
  const startedAt = performance.now();
  const end = (outcome: Pick<McpCallItem, "status" | "result" | "error">): void =>
    items.end({ ...begun, ...outcome, durationMs: performance.now() - startedAt }, turn.id);
  try {
    const result = await work();
    end({ status: result.isError === true ? "failed" : "completed", result, error: null });
    return result;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    end(
      turn.signal.aborted
        ? { status: "interrupted", result: null, error: "the call was interrupted" }
        : { status: "failed", result: null, error: message },
    );
    throw error;
  }
}
