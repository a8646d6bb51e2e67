/**
 * Parsers for the messages of both sides. Each returns the typed value or throws WireFormatError. Checks are made from the
 * definitions when a method is first used, without any library.
 */

import { type Check, createChecker, protocolDefinitions, unknownVariant, WireFormatError } from "@codex-ts/protocol";
import { definitions } from "../generated/definitions.js";
import { clientNotifications, clientRequests, serverNotifications, serverRequests } from "../generated/methods.js";
import type {
  ClientNotification,
  ClientRequest,
  ClientRequestMethod,
  ClientRequestResult,
  LegacyEventNotification,
  ServerNotification,
  ServerRequest,
  ServerRequestMethod,
  ServerRequestResult,
} from "../messages.js";
import type { MethodEntry } from "../method-entry.js";

/** The message names a method that this version does not know. */
export class UnknownMethodError extends WireFormatError {
  override readonly name: string = "UnknownMethodError";
  readonly method: string;

  constructor(method: string, known: readonly string[]) {
    const { detail, expected } = unknownVariant(method, known);
    super(detail, expected, ["method"]);
    this.method = method;
  }
}

let checker: ReturnType<typeof createChecker> | undefined;

/** @param name a type of either package, by its wire name; v2 types as `v2.Thread` */
export function checkOf(name: string): Check {
  checker ??= createChecker({ ...protocolDefinitions, ...definitions });
  return checker(name);
}

/** @param message a request, as `classifyMessage` gives it */
export function parseClientRequest(message: { id: unknown; method: string; params?: unknown }): ClientRequest {
  return withParams(message, clientRequests) as ClientRequest;
}

/** @param message a notification, as `classifyMessage` gives it */
export function parseClientNotification(message: { method: string; params?: unknown }): ClientNotification {
  return withParams(message, clientNotifications) as ClientNotification;
}

/** @param message a request, as `classifyMessage` gives it */
export function parseServerRequest(message: { id: unknown; method: string; params?: unknown }): ServerRequest {
  return withParams(message, serverRequests) as ServerRequest;
}

const legacyPrefix = "codex/event/";

/** @param message a notification, as `classifyMessage` gives it; legacy events are among them */
export function parseServerNotification(message: {
  method: string;
  params?: unknown;
}): ServerNotification | LegacyEventNotification {
  if (message.method.startsWith(legacyPrefix)) return legacyEvent(message);
  return withParams(message, serverNotifications) as ServerNotification;
}

/** @returns the server's answer to a request of this method */
export function parseClientRequestResult<Method extends ClientRequestMethod>(
  method: Method,
  result: unknown,
): ClientRequestResult<Method> {
  return parseResult(clientRequests[method], result) as ClientRequestResult<Method>;
}

/** @returns the client's answer to a request of this method */
export function parseServerRequestResult<Method extends ServerRequestMethod>(
  method: Method,
  result: unknown,
): ServerRequestResult<Method> {
  return parseResult(serverRequests[method], result) as ServerRequestResult<Method>;
}

function parseResult(entry: MethodEntry, result: unknown): unknown {
  const type = entry.result;
  return typeof type === "string" ? checkOf(type)(result) : result;
}

/** A method without parameters takes none, null or an object; parameters that are needed must be there. */
function withParams(
  message: { method: string; params?: unknown },
  methods: Readonly<Record<string, MethodEntry>>,
): unknown {
  const entry = Object.hasOwn(methods, message.method) ? methods[message.method] : undefined;
  if (entry === undefined) throw new UnknownMethodError(message.method, Object.keys(methods));
  if (entry.params === null) return message;
  if (message.params === undefined || message.params === null)
    throw new WireFormatError("missing field `params`", "field `params`");
  const params = checkAt("params", checkOf(entry.params), message.params);
  return params === message.params ? message : { ...message, params };
}

function legacyEvent(message: { method: string; params?: unknown }): LegacyEventNotification {
  const event = checkAt("params", checkOf("Event"), message.params);
  return { ...message, params: event } as unknown as LegacyEventNotification;
}

function checkAt(key: string, check: Check, value: unknown): unknown {
  try {
    return check(value);
  } catch (error) {
    throw error instanceof WireFormatError ? error.within(key) : error;
  }
}
