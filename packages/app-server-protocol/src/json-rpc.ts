/** JSON-RPC 2.0 messages, one per line, without the `jsonrpc` member. */

import type { Int64, RequestId } from "@codex-ts/protocol";

/** A request: the other side answers with the same id. @wire JSONRPCRequest */
export interface JsonRpcRequest {
  id: RequestId;
  method: string;
  params?: unknown;
}

/** A notification: nobody answers. @wire JSONRPCNotification */
export interface JsonRpcNotification {
  method: string;
  params?: unknown;
}

/** A request's result. @wire JSONRPCResponse */
export interface JsonRpcResponse {
  id: RequestId;
  result: unknown;
}

/** Why a request failed. @wire JSONRPCErrorError */
export interface JsonRpcErrorDetail {
  code: Int64;
  message: string;
  data?: unknown;
}

/** A request's failure. @wire JSONRPCError */
export interface JsonRpcError {
  id: RequestId;
  error: JsonRpcErrorDetail;
}

/** A line of the wire. @wire JSONRPCMessage */
export type JsonRpcMessage = JsonRpcRequest | JsonRpcNotification | JsonRpcResponse | JsonRpcError;

/** The codes of {@link JsonRpcErrorDetail} that servers use. */
export const ERROR_CODES = {
  /** The line is no JSON. */
  parseError: -32700,
  /** The client did something wrong: bad parameters, unknown thread, wrong state. */
  invalidRequest: -32600,
  methodNotFound: -32601,
  /** Something went wrong on the server's side. */
  internalError: -32603,
} as const;
