/** What a client says of itself at first. Pure. */

import type { InitializeParams } from "@codex-ts/app-server-protocol";
import { isHeaderText } from "@codex-ts/launch";
import { invalidRequest } from "./rpc-error.js";

/** A client, as far as the server treats clients differently. */
export interface ClientFacts {
  name: string;
  version: string;
  /** It speaks a protocol later than 0.92's: it is told what older clients do not know. */
  newer: boolean;
  /** Notifications that it does not want. */
  unwanted: ReadonlySet<string>;
  /** Whether it wants the older language's events beside the notifications. */
  wantsLegacyEvents: boolean;
}

/** Stands for all events of the older language. */
const LEGACY_EVENTS = "codex/event";

/** @throws {RpcError} when the name cannot stand in a header */
export function checkClientName({ clientInfo, capabilities }: InitializeParams): ClientFacts {
  const name = clientInfo.name.toWellFormed();
  if (!isHeaderText(name)) {
    throw invalidRequest(`Invalid clientInfo.name: '${name}'. Must be a valid HTTP header value.`);
  }
  const unwanted = new Set(capabilities?.optOutNotificationMethods ?? []);
  const newer = capabilities !== undefined && capabilities !== null;
  return {
    name,
    version: clientInfo.version.toWellFormed(),
    newer,
    unwanted,
    wantsLegacyEvents: !unwanted.has(LEGACY_EVENTS),
  };
}
