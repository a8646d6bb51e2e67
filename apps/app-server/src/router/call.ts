/** A request on its way through a method. */

import type { ClientRequestHandlers } from "@codex-ts/app-server-protocol";
import type { Engine } from "../server/engine.js";
import type { Connection } from "./connection.js";

/** What a method gets besides its parameters. */
export interface Call {
  readonly engine: Engine;
  readonly connection: Connection;
  /** Replies now; what the method returns later is not sent. For replies that must stand before an event. */
  reply(result: unknown): void;
  /** Does something right behind the reply, before anything else is sent. Not done when the request fails. */
  afterReply(action: () => void): void;
}

/** Methods, each by its name on the wire. */
export type Methods = ClientRequestHandlers<Call>;
