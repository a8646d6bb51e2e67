/** A request's failure, as the client is told of it. */

import { ERROR_CODES } from "@codex-ts/app-server-protocol";

/** Thrown by methods; becomes the error of the reply. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data?: unknown, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
    this.data = data;
  }
}

/** The client asked for something that cannot be. */
export function invalidRequest(message: string, data?: unknown): RpcError {
  return new RpcError(ERROR_CODES.invalidRequest, message, data);
}

/** The request was fine; something on this side failed. */
export function internalError(message: string, cause?: unknown): RpcError {
  return new RpcError(ERROR_CODES.internalError, message, undefined, { cause });
}

/** What an error says of itself. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
