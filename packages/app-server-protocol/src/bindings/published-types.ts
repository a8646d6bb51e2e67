/** All wire types as they are published: with their descriptions, the unions of messages, and the shapes that stand for what the program leaves open. */

import type { WireDefinitions, WireSchema } from "@codex-ts/protocol";
import { describedDefinitions as coreDefinitions } from "@codex-ts/protocol/described-definitions";
import { describedDefinitions as ownDefinitions } from "../generated/described-definitions.js";
import { clientNotifications, clientRequests, serverNotifications, serverRequests } from "../generated/methods.js";
import type { MethodEntry } from "../method-entry.js";

type Methods = Readonly<Record<string, MethodEntry>>;

/** Definitions by name; types of v2 and of newer methods carry their folder. */
export type PublishedTypes = ReadonlyMap<string, WireSchema>;

/** @returns every published type; the order is that of the names */
export function publishedTypes(): PublishedTypes {
  const definitions: WireDefinitions = { ...coreDefinitions, ...ownDefinitions };
  const types = new Map<string, WireSchema>();
  for (const [name, make] of Object.entries(definitions)) types.set(name, published(make()));
  types.set("ClientRequest", messages(original(clientRequests), true, "A request of the client."));
  types.set("ClientNotification", messages(original(clientNotifications), false, "A notification of the client."));
  types.set("ServerRequest", messages(original(serverRequests), true, "A request of the server."));
  types.set("ServerNotification", messages(original(serverNotifications), false, "A notification of the server."));
  types.set("newer.ClientRequest", messages(newer(clientRequests), true, "A request that 0.92 does not know."));
  types.set("newer.ServerRequest", messages(newer(serverRequests), true, "A question that 0.92 does not ask."));
  types.set(
    "newer.ServerNotification",
    messages(newer(serverNotifications), false, "A notification that 0.92 does not send."),
  );
  return types;
}

/** @returns the methods that 0.92 has */
export function original(methods: Methods): Methods {
  return Object.fromEntries(Object.entries(methods).filter(([, entry]) => entry.since === undefined));
}

/** @returns the methods that came later */
export function newer(methods: Methods): Methods {
  return Object.fromEntries(Object.entries(methods).filter(([, entry]) => entry.since !== undefined));
}

/** A definition that names a published shape is replaced by it; members that only the published schemas require are required. */
function published(schema: WireSchema): WireSchema {
  if (schema.published !== undefined) return { $ref: schema.published };
  if (schema.oneOf !== undefined) return { ...schema, oneOf: schema.oneOf.map(published) };
  if (schema.publishedRequired === undefined) return schema;
  const { publishedRequired, ...rest } = schema;
  return { ...rest, required: [...(schema.required ?? []), ...publishedRequired] };
}

function messages(methods: Methods, withId: boolean, description: string): WireSchema {
  const oneOf = Object.entries(methods).map(([method, { params }]): WireSchema => {
    const properties: Record<string, WireSchema> = {
      ...(withId ? { id: { $ref: "RequestId" } } : {}),
      method: { type: "string", enum: [method] },
      ...(params === null ? { params: { type: "null" } } : { params: { $ref: params } }),
    };
    const required = Object.keys(properties).filter((key) => key !== "params" || params !== null);
    return { type: "object", properties, required };
  });
  return { description, oneOf };
}
