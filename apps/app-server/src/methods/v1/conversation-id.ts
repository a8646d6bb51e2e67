/** Ids of conversations: what v1 calls threads' ids. Pure. */

import type { ThreadId } from "@codex-ts/protocol";
import { invalidRequest } from "../../router/rpc-error.js";
import { canonicalId, uuidFault } from "../../threads/thread-id.js";

/** The thread's id in the one form that is compared. @throws {RpcError} */
export function parseConversationId(text: string): ThreadId {
  const wrong = uuidFault(text);
  if (wrong !== null) throw invalidRequest(`Invalid request: ${wrong}`);
  return canonicalId(text);
}
