/** Ids of conversations: what v1 calls threads' ids. Pure. */

import { invalidRequest } from "../../router/rpc-error.js";
import { uuidFault } from "../../threads/thread-id.js";

/** @throws {RpcError} */
export function checkConversationId(id: string): void {
  const wrong = uuidFault(id);
  if (wrong !== null) throw invalidRequest(`Invalid request: ${wrong}`);
}
