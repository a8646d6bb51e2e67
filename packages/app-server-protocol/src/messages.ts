/** Messages as unions over the method tables, and the types that helpers and routers are made of. */

import type { EventMsg, EventMsgType, RequestId } from "@codex-ts/protocol";
import type {
  ClientNotificationTable,
  ClientRequestTable,
  ServerNotificationTable,
  ServerRequestTable,
} from "./methods.js";
import type {
  NewerClientRequestTable,
  NewerServerNotificationTable,
  NewerServerRequestTable,
} from "./newer-methods.js";

/** `params` as the wire has it: optional where a method takes none. */
type WithParams<Params> = Params extends null ? { params?: null } : { params: Params };

/** A method with its parameters. */
type Call<Table, Method extends keyof Table> = { method: Method } & WithParams<
  Table[Method] extends { params: infer Params } ? Params : never
>;

type Requests<Table> = { [Method in keyof Table]: { id: RequestId } & Call<Table, Method> }[keyof Table];
type Notifications<Table> = { [Method in keyof Table]: Call<Table, Method> }[keyof Table];

/** Requests of the client, those of newer clients included. */
export interface AllClientRequests extends ClientRequestTable, NewerClientRequestTable {}
/** Requests of the server, those for newer clients included. */
export interface AllServerRequests extends ServerRequestTable, NewerServerRequestTable {}
/** Notifications of the server, those for newer clients included. */
export interface AllServerNotifications extends ServerNotificationTable, NewerServerNotificationTable {}

/** A method that a client may call. */
export type ClientRequestMethod = keyof AllClientRequests;
/** The parameters of a client's request; null: none. */
export type ClientRequestParams<Method extends ClientRequestMethod> = AllClientRequests[Method]["params"];
/** The result of a client's request. */
export type ClientRequestResult<Method extends ClientRequestMethod> = AllClientRequests[Method]["result"];

/** A method that the server may call. */
export type ServerRequestMethod = keyof AllServerRequests;
/** The parameters of a server's request. */
export type ServerRequestParams<Method extends ServerRequestMethod> = AllServerRequests[Method]["params"];
/** What the client answers to a server's request. */
export type ServerRequestResult<Method extends ServerRequestMethod> = AllServerRequests[Method]["result"];

/** A notification that the server may send; legacy events apart. */
export type ServerNotificationMethod = keyof AllServerNotifications;
/** The parameters of a server's notification. */
export type ServerNotificationParams<Method extends ServerNotificationMethod> =
  AllServerNotifications[Method]["params"];

/** A request of the client. */
export type ClientRequest = Requests<AllClientRequests>;
/** A notification of the client. */
export type ClientNotification = Notifications<ClientNotificationTable>;
/** A request of the server. */
export type ServerRequest = Requests<AllServerRequests>;
/** A notification of the server; legacy events apart. */
export type ServerNotification = Notifications<AllServerNotifications>;

/** An event of the older language, as a notification. */
export interface LegacyEventNotification {
  method: `codex/event/${EventMsgType}`;
  params: {
    /** The id of the submission; empty for the session's own events. */
    id: string;
    msg: EventMsg;
    conversationId: string;
  };
}
