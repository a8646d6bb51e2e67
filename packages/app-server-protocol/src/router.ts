/** Hands each request of a client to the function of its method. */

import type { ClientRequest, ClientRequestMethod, ClientRequestParams, ClientRequestResult } from "./messages.js";

/** One function for each method that a server serves. */
export type ClientRequestHandlers<Context> = {
  [Method in ClientRequestMethod]?: (
    params: ClientRequestParams<Method>,
    context: Context,
  ) => Promise<ClientRequestResult<Method>> | ClientRequestResult<Method>;
};

/** Hands a request to the function of its method. */
export type ClientRequestRouter<Context> = (request: ClientRequest, context: Context) => Promise<unknown>;

/**
 * @param handlers what is served; a request for anything else is given to `otherwise`
 * @returns a router whose promise is the result, or is rejected with what the handler threw
 */
export function createRouter<Context>(
  handlers: ClientRequestHandlers<Context>,
  otherwise: (request: ClientRequest) => never,
): ClientRequestRouter<Context> {
  // the table's type pairs each method with its parameters; a lookup by a method that is only known at run time loses that
  const byMethod = handlers as Readonly<Record<string, ((params: unknown, context: Context) => unknown) | undefined>>;
  return async (request, context) => {
    const handler = Object.hasOwn(byMethod, request.method) ? byMethod[request.method] : undefined;
    return handler === undefined ? otherwise(request) : handler(request.params ?? null, context);
  };
}
