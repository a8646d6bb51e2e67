/** JSON-RPC 2.0 messages, as https://modelcontextprotocol.io has them on a line each. */

/** Id of a request; the other side's are kept as they came. */
export type RpcId = string | number;

/** A message from the client. */
export type Incoming =
  | { kind: "request"; id: RpcId; method: string; params: unknown }
  | { kind: "notification"; method: string; params: unknown }
  | { kind: "response"; id: RpcId; result: unknown }
  | { kind: "errorResponse"; id: RpcId; message: string }
  /** It has an id and nothing that makes sense of it. */
  | { kind: "invalid"; id: RpcId }
  /** Nobody can be told. */
  | { kind: "noise" };

/** Codes of errors that we answer with. */
export const rpcErrors = { invalidRequest: -32600, methodNotFound: -32601, invalidParams: -32602, internal: -32603 };

/** What a line says. Pure. */
export function readMessage(line: string): Incoming {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: "noise" };
  }
  if (!isObject(value)) return { kind: "noise" };
  const { id, method, params } = value;
  const known = typeof id === "string" || (typeof id === "number" && Number.isSafeInteger(id));
  if (typeof method === "string") {
    if (known) return { kind: "request", id, method, params };
    return "id" in value ? { kind: "noise" } : { kind: "notification", method, params };
  }
  if (!known) return { kind: "noise" };
  if ("result" in value) return { kind: "response", id, result: value["result"] };
  if ("error" in value) {
    const { error } = value;
    const message = isObject(error) && typeof error["message"] === "string" ? error["message"] : JSON.stringify(error);
    return { kind: "errorResponse", id, message };
  }
  return { kind: "invalid", id };
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
