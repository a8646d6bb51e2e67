/** The examples of the README; `readme.test.ts` runs them and compares them with the text. */

// #region validate
import { classifyLine, parseClientRequest, WireFormatError } from "../src/index.js";

export function readRequest(line: string): string {
  try {
    const { kind, message } = classifyLine(line);
    if (kind !== "request") return `a ${kind}`;
    const request = parseClientRequest(message);
    return request.method === "turn/start" ? `a turn in ${request.params.threadId}` : request.method;
  } catch (error) {
    if (error instanceof WireFormatError) return `refused: ${error.message}`;
    throw error;
  }
}
// #endregion

// #region client
import {
  type ClientRequestMethod,
  type ClientRequestParams,
  type ClientRequestResult,
  clientRequest,
  parseClientRequestResult,
} from "../src/index.js";

export function createClient(send: (line: string) => void) {
  const waiting = new Map<unknown, (result: unknown) => void>();
  let lastId = 0;
  return {
    request<Method extends ClientRequestMethod>(method: Method, params: ClientRequestParams<Method>) {
      const id = ++lastId;
      send(JSON.stringify(clientRequest(id, method, params)));
      return new Promise<ClientRequestResult<Method>>((resolve) => {
        waiting.set(id, (result) => resolve(parseClientRequestResult(method, result)));
      });
    },
    receive(line: string) {
      const { kind, message } = classifyLine(line);
      if (kind === "response") waiting.get(message.id)?.(message.result);
    },
  };
}
// #endregion

// #region form
import { publishedTypes } from "../src/bindings-entry.js";

/** The fields of a form for a request's parameters: name, control, and whether it must be filled in. */
export function formFor(type: string): string[] {
  const { properties = {}, required = [] } = publishedTypes().get(type) ?? {};
  return Object.entries(properties).map(([name, schema]) => {
    const types = [schema.type ?? "object"].flat();
    const control = types.includes("boolean") ? "checkbox" : types.includes("string") ? "text" : "json";
    return `${name}: ${control}${required.includes(name) ? " (required)" : ""}`;
  });
}
// #endregion
