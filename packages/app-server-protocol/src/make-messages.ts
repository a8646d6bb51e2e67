/** Makes messages in the types of the method tables. */

import type { RequestId } from "@codex-ts/protocol";
import type { JsonRpcError, JsonRpcResponse } from "./json-rpc.js";
import type {
  ClientRequest,
  ClientRequestMethod,
  ClientRequestParams,
  ClientRequestResult,
  ServerNotification,
  ServerNotificationMethod,
  ServerNotificationParams,
  ServerRequest,
  ServerRequestMethod,
  ServerRequestParams,
} from "./messages.js";

/** @returns a request of the client; `params` is null for methods without */
export function clientRequest<Method extends ClientRequestMethod>(
  id: RequestId,
  method: Method,
  params: ClientRequestParams<Method>,
): ClientRequest {
  return withParams({ method, id }, params) as ClientRequest;
}

/** @returns a request of the server */
export function serverRequest<Method extends ServerRequestMethod>(
  id: RequestId,
  method: Method,
  params: ServerRequestParams<Method>,
): ServerRequest {
  return withParams({ method, id }, params) as ServerRequest;
}

/** @returns a notification of the server */
export function serverNotification<Method extends ServerNotificationMethod>(
  method: Method,
  params: ServerNotificationParams<Method>,
): ServerNotification {
  return withParams({ method }, params) as ServerNotification;
}

/** @returns the answer to a request of the client */
export function resultOf<Method extends ClientRequestMethod>(
  request: { id: RequestId; method: Method },
  result: ClientRequestResult<Method>,
): JsonRpcResponse {
  return { id: request.id, result };
}

/**
 * @param id null when the request's own id could not be read
 * @returns a request's failure, with its members in the order of the wire
 */
export function failure(
  id: RequestId | null,
  code: number,
  message: string,
  data?: unknown,
): Omit<JsonRpcError, "id"> & { id: RequestId | null } {
  return { error: data === undefined ? { code, message } : { code, data, message }, id };
}

function withParams(message: Record<string, unknown>, params: unknown): unknown {
  return params === null ? message : { ...message, params };
}
