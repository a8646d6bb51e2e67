/** JSON-RPC 2.0 messages: what may come over the wire, told apart. */

import type { RequestId } from "@codex-ts/protocol";

/** Members of `params` or `result`. */
export type JsonObject = { [key: string]: unknown };

/** A message that we send. */
export type OutgoingMessage =
  | { jsonrpc: "2.0"; id: RequestId; method: string; params?: JsonObject }
  | { jsonrpc: "2.0"; method: string; params?: JsonObject }
  | { jsonrpc: "2.0"; id: RequestId; result: JsonObject }
  | { jsonrpc: "2.0"; id: RequestId; error: { code: number; message: string } };

/** A message that was received. */
export type IncomingMessage =
  | { kind: "request"; id: RequestId; method: string; params: JsonObject }
  | { kind: "notification"; method: string; params: JsonObject }
  | { kind: "answer"; id: RequestId; result: unknown }
  | { kind: "failure"; id: RequestId | null; error: RpcError };

/** `Method not found` */
export const METHOD_NOT_FOUND = -32601;

/** The other side answered with an error. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly code: number;

  constructor(code: number, message: string, data: unknown) {
    super(`Mcp error: ${code}: ${message}${data === undefined || data === null ? "" : `(${JSON.stringify(data)})`}`);
    this.code = code;
  }
}

/** The messages in one piece of JSON: older servers send several in an array. What is no message is left out. */
export function readMessages(value: unknown): IncomingMessage[] {
  if (Array.isArray(value)) return value.flatMap((each) => readMessages(each));
  const message = readMessage(value);
  return message === null ? [] : [message];
}

/** Whether a value is an object with members. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// helpers

function readMessage(value: unknown): IncomingMessage | null {
  if (!isObject(value)) return null;
  const { id, method, params, result, error } = value;
  if (typeof method === "string") {
    const members = isObject(params) ? params : {};
    return isId(id)
      ? { kind: "request", id, method, params: members }
      : { kind: "notification", method, params: members };
  }
  if (isObject(error)) return { kind: "failure", id: isId(id) ? id : null, error: readError(error) };
  return isId(id) && "result" in value ? { kind: "answer", id, result } : null;
}

function isId(value: unknown): value is RequestId {
  return typeof value === "string" || typeof value === "number";
}

function readError({ code, message, data }: JsonObject): RpcError {
  return new RpcError(typeof code === "number" ? code : 0, typeof message === "string" ? message : "", data);
}
