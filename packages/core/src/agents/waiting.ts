/** Waits for agents. */

import type { AgentStatus, ThreadId } from "@codex-ts/protocol";
import type { ChildThreads } from "./child-threads.js";

/** Whether nothing will follow. */
export function isFinal(status: AgentStatus): boolean {
  return status !== "pending_init" && status !== "running";
}

/**
 * Waits until one of the agents is final.
 * @returns the states of all that are final; empty when the time ran out
 */
export async function waitForAny(
  ids: readonly ThreadId[],
  children: ChildThreads,
  waitMs: number,
  signal: AbortSignal,
): Promise<Record<ThreadId, AgentStatus>> {
  const finals = (): Record<ThreadId, AgentStatus> =>
    Object.fromEntries(ids.map((id) => [id, children.status(id)] as const).filter(([, status]) => isFinal(status)));
  const already = finals();
  if (Object.keys(already).length > 0) return already;
  const stop = new AbortController();
  const ended = AbortSignal.any([signal, stop.signal, AbortSignal.timeout(waitMs)]);
  const over = new Promise<void>((resolve) => ended.addEventListener("abort", () => resolve(), { once: true }));
  const changes = ids.map((id) => children.find(id)?.whenFinal(ended) ?? Promise.resolve());
  await Promise.race([over, ...changes]);
  stop.abort();
  return finals();
}
