/** Ids as clients of v1 send them: of conversations, which v2 calls threads, and others. Pure. */

import type { ThreadId } from "@codex-ts/protocol";
import { invalidRequest } from "../../router/rpc-error.js";
import { canonicalId, uuidFault } from "../../threads/thread-id.js";

/** The thread's id in the one form that is compared. @throws {RpcError} */
export function parseConversationId(text: string): ThreadId {
  const wrong = uuidFault(text);
  if (wrong !== null) throw invalidRequest(`Invalid request: ${wrong}`);
  return canonicalId(text);
}

/** The id of something else than a conversation, in the one form that is compared. @throws {RpcError} */
export function parseUuid(text: string): string {
  const wrong = uuidFault(text);
  if (wrong !== null) throw invalidRequest(`Invalid request: UUID parsing failed: ${wrong}`);
  return canonicalId(text);
}
