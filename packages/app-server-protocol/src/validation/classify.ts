/** Tells what a line of the wire is, before its parameters are looked at. */

import { type RequestId, WireFormatError, wrongType } from "@codex-ts/protocol";
import type {
  JsonRpcError,
  JsonRpcMessage,
  JsonRpcNotification,
  JsonRpcRequest,
  JsonRpcResponse,
} from "../json-rpc.js";

/** A message with its kind. */
export type ClassifiedMessage =
  | { kind: "request"; message: JsonRpcRequest }
  | { kind: "notification"; message: JsonRpcNotification }
  | { kind: "response"; message: JsonRpcResponse }
  | { kind: "error"; message: JsonRpcError };

/** A line that is no message. `id` is its id when it has a usable one: then the sender can be told. */
export class UnrecognisedMessageError extends WireFormatError {
  override readonly name: string = "UnrecognisedMessageError";
  readonly id: RequestId | null;
  /** Whether the line is no JSON at all. */
  readonly isParseError: boolean;

  constructor(detail: string, expected: string, id: RequestId | null, isParseError = false) {
    super(detail, expected);
    this.id = id;
    this.isParseError = isParseError;
  }
}

/** @param line one line of the wire, without its end; throws {@link UnrecognisedMessageError} */
export function classifyLine(line: string): ClassifiedMessage {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UnrecognisedMessageError(`not JSON: ${why}`, "a JSON object", null, true);
  }
  return classifyMessage(value);
}

/**
 * The first that applies: `id` and `method`: request; `method`: notification; `id` and `result`: response; `id` and
 * `error`: error. An id must be a text or an integer that can be given back as it came; other ids make a message
 * unrecognisable.
 */
export function classifyMessage(value: unknown): ClassifiedMessage {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UnrecognisedMessageError(wrongType(value, "a JSON object").detail, "a JSON object", null);
  }
  const message = value as Record<string, unknown>;
  const { id, method } = message;
  if (method !== undefined && typeof method !== "string") throw unusable("method", method, "a string", id);
  if (id === undefined) {
    if (method === undefined)
      throw new UnrecognisedMessageError("neither `id` nor `method`", "a JSON-RPC message", null);
    return { kind: "notification", message: value as JsonRpcNotification };
  }
  if (!isRequestId(id)) throw unusableId(id);
  if (method !== undefined) return { kind: "request", message: value as JsonRpcRequest };
  if (message["result"] !== undefined) return { kind: "response", message: value as JsonRpcResponse };
  return { kind: "error", message: errorMessage(value as JsonRpcError, id) };
}

function isRequestId(value: unknown): value is RequestId {
  return typeof value === "string" || (typeof value === "number" && Number.isSafeInteger(value));
}

function unusableId(id: unknown): UnrecognisedMessageError {
  const expected = "a string or an integer";
  if (!Number.isInteger(id)) return unusable("id", id, expected, null);
  return new UnrecognisedMessageError("`id`: the integer is larger than 2^53 - 1", expected, null);
}

function unusable(member: string, value: unknown, expected: string, id: unknown): UnrecognisedMessageError {
  const detail = `\`${member}\`: ${wrongType(value, expected).detail}`;
  return new UnrecognisedMessageError(detail, expected, isRequestId(id) ? id : null);
}

function errorMessage(message: JsonRpcError, id: RequestId): JsonRpcError {
  const error: unknown = message.error;
  const usable = typeof error === "object" && error !== null && "code" in error && "message" in error;
  if (usable && typeof error.code === "number" && typeof error.message === "string") return message;
  throw new UnrecognisedMessageError("no `method`, `result` or usable `error`", "a JSON-RPC message", id);
}

/** @returns the message as the union of the four kinds, when the kind does not matter */
export function parseMessage(value: unknown): JsonRpcMessage {
  return classifyMessage(value).message;
}
