/** The app-server's JSON-RPC languages v1 and v2: types, schemas, validation, and mappings from core events. */

export type * from "./v1/index.js";
export type * from "./v2/index.js";
export type * from "./newer/index.js";
export { ERROR_CODES } from "./json-rpc.js";
export type {
  JsonRpcError,
  JsonRpcErrorDetail,
  JsonRpcMessage,
  JsonRpcNotification,
  JsonRpcRequest,
  JsonRpcResponse,
} from "./json-rpc.js";
export type {
  ClientNotificationTable,
  ClientRequestTable,
  ServerNotificationTable,
  ServerRequestTable,
} from "./methods.js";
export type {
  NewerClientRequestTable,
  NewerServerNotificationTable,
  NewerServerRequestTable,
} from "./newer-methods.js";
export type {
  AllClientRequests,
  AllServerNotifications,
  AllServerRequests,
  ClientNotification,
  ClientRequest,
  ClientRequestMethod,
  ClientRequestParams,
  ClientRequestResult,
  LegacyEventNotification,
  ServerNotification,
  ServerNotificationMethod,
  ServerNotificationParams,
  ServerRequest,
  ServerRequestMethod,
  ServerRequestParams,
  ServerRequestResult,
} from "./messages.js";
export { clientNotifications, clientRequests, serverNotifications, serverRequests } from "./generated/methods.js";
export type { MethodEntry } from "./method-entry.js";
export {
  type ClassifiedMessage,
  classifyLine,
  classifyMessage,
  parseMessage,
  UnrecognisedMessageError,
} from "./validation/classify.js";
export {
  checkOf,
  parseClientNotification,
  parseClientRequest,
  parseClientRequestResult,
  parseServerNotification,
  parseServerRequest,
  parseServerRequestResult,
  UnknownMethodError,
} from "./validation/parse-messages.js";
export { createV2State, emptyTurn, v2Of, type V2Options, type V2State } from "./projections/v2-of.js";
export {
  commandActionToV2,
  fileUpdateChanges,
  itemToV2,
  type QuoteCommand,
  reviewHint,
  type V2Item,
} from "./projections/v2-items.js";
export {
  answerOf,
  type AskedEvent,
  type ServerRequestCall,
  v1QuestionOf,
  v2QuestionOf,
  withoutAnswer,
} from "./projections/questions.js";
export {
  errorInfoToV2,
  sandboxPolicyFromV2,
  sandboxPolicyToV2,
  sessionSourceToV2,
  turnErrorToV2,
  userInputFromV1,
  userInputFromV2,
  userInputToV2,
} from "./projections/policies.js";
export {
  gitInfoToV2,
  type ThreadFacts,
  threadOf,
  turnToV2,
  type StoredTurn,
  conversationSummaryOf,
} from "./projections/threads.js";
export { mcpAuthStatusToV2, modelToV2, skillsToV2 } from "./projections/catalogue.js";
export { rateLimitsToV2, tokenUsageToV2 } from "./projections/usage.js";
export { clientRequest, failure, resultOf, serverNotification, serverRequest } from "./make-messages.js";
export { type ClientRequestHandlers, type ClientRequestRouter, createRouter } from "./router.js";
export { isSentToV1 } from "./subscriptions.js";
export { WireFormatError } from "@codex-ts/protocol";
