/** Takes turns of a loaded thread back, and waits until that is done. */

import { ThreadClosedError, type Thread } from "@codex-ts/core";
import type { ThreadEvent } from "@codex-ts/protocol";
import { invalidRequest } from "../router/rpc-error.js";
import type { LoadedThread } from "./loaded-thread.js";

/** What is needed of a loaded thread. */
export interface RollingThread extends Pick<LoadedThread, "rollingBack" | "watch"> {
  readonly thread: Pick<Thread, "submit" | "ended">;
}

/** @throws {RpcError} the thread refused, or ended before it was done */
export async function rollBack(loaded: RollingThread, numTurns: number): Promise<void> {
  const { thread } = loaded;
  const outcome = Promise.withResolvers<string | null>();
  const stop = loaded.watch((event) => {
    const told = outcomeOf(event);
    if (told !== undefined) outcome.resolve(told);
  });
  loaded.rollingBack = true;
  try {
    await thread.submit({ type: "thread_rollback", num_turns: numTurns });
    // What waits in the queue of a thread that closes is dropped without a word.
    const refusal = await Promise.race([outcome.promise, thread.ended().then(() => ENDED)]);
    if (refusal !== null) throw invalidRequest(refusal);
  } catch (error) {
    throw error instanceof ThreadClosedError ? invalidRequest(ENDED) : error;
  } finally {
    stop();
    loaded.rollingBack = false;
  }
}

// helpers

const ENDED = "the thread has ended";

/** Why it was refused; null when it was done; undefined when the event says nothing of it. */
function outcomeOf(event: ThreadEvent): string | null | undefined {
  if (event.type !== "notice") return undefined;
  if (event.notice.kind === "rolledBack") return null;
  if (event.notice.kind === "error" && event.notice.error.info === "thread_rollback_failed") {
    return event.notice.error.message;
  }
  return undefined;
}
