/** The methods of newer clients and servers, in the same form as the tables of methods.ts. */

import type {
  CommandExecOutputDeltaNotification,
  CommandExecResizeParams,
  CommandExecTerminateParams,
  CommandExecWriteParams,
} from "./newer/commands.js";
import type {
  FsCopyParams,
  FsCreateDirectoryParams,
  FsGetMetadataResponse,
  FsPathParams,
  FsReadDirectoryResponse,
  FsReadFileResponse,
  FsRemoveParams,
  FsWriteFileParams,
} from "./newer/files.js";
import type {
  ExperimentalFeatureListParams,
  ExperimentalFeatureListResponse,
  McpResourceReadParams,
  McpResourceReadResponse,
  McpServerElicitationRequestParams,
  McpServerElicitationRequestResponse,
  McpServerStatusUpdatedNotification,
  McpServerToolCallParams,
  McpServerToolCallResponse,
} from "./newer/services.js";
import type {
  EmptyResult,
  ServerRequestResolvedNotification,
  ThreadIdParams,
  ThreadInjectItemsParams,
  ThreadItemsListParams,
  ThreadItemsListResponse,
  ThreadNameUpdatedNotification,
  ThreadSetNameParams,
  ThreadShellCommandParams,
  ThreadStatusChangedNotification,
  ThreadTurnsListParams,
  ThreadUnsubscribeResponse,
  TurnSteerParams,
  TurnSteerResponse,
  WarningNotification,
} from "./newer/threads.js";
import type { ThreadTurnsListResponse } from "./v2/thread.js";

/** Requests of today's clients that 0.92 did not have. */
export interface NewerClientRequestTable {
  /** @api v2 @since 0.169 */
  "thread/compact/start": { params: ThreadIdParams; result: EmptyResult };
  /** @api v2 @since 0.169 */
  "thread/name/set": { params: ThreadSetNameParams; result: EmptyResult };
  /** @api v2 @since 0.169 */
  "thread/unsubscribe": { params: ThreadIdParams; result: ThreadUnsubscribeResponse };
  /** @api v2 @since 0.169 */
  "thread/delete": { params: ThreadIdParams; result: EmptyResult };
  /** @api v2 @since 0.169 */
  "thread/turns/list": { params: ThreadTurnsListParams; result: ThreadTurnsListResponse };
  /** @api v2 @since 0.169 */
  "thread/items/list": { params: ThreadItemsListParams; result: ThreadItemsListResponse };
  /** @api v2 @since 0.169 */
  "thread/inject_items": { params: ThreadInjectItemsParams; result: EmptyResult };
  /** @api v2 @since 0.169 */
  "thread/shellCommand": { params: ThreadShellCommandParams; result: EmptyResult };
  /** @api v2 @since 0.169 */
  "turn/steer": { params: TurnSteerParams; result: TurnSteerResponse };
  /** @api v2 @since 0.169 */
  "command/exec/write": { params: CommandExecWriteParams; result: EmptyResult };
  /** @api v2 @since 0.169 */
  "command/exec/resize": { params: CommandExecResizeParams; result: EmptyResult };
  /** @api v2 @since 0.169 */
  "command/exec/terminate": { params: CommandExecTerminateParams; result: EmptyResult };
  /** @api v2 @since 0.169 */
  "fs/readFile": { params: FsPathParams; result: FsReadFileResponse };
  /** @api v2 @since 0.169 */
  "fs/writeFile": { params: FsWriteFileParams; result: EmptyResult };
  /** @api v2 @since 0.169 */
  "fs/createDirectory": { params: FsCreateDirectoryParams; result: EmptyResult };
  /** @api v2 @since 0.169 */
  "fs/getMetadata": { params: FsPathParams; result: FsGetMetadataResponse };
  /** @api v2 @since 0.169 */
  "fs/readDirectory": { params: FsPathParams; result: FsReadDirectoryResponse };
  /** @api v2 @since 0.169 */
  "fs/remove": { params: FsRemoveParams; result: EmptyResult };
  /** @api v2 @since 0.169 */
  "fs/copy": { params: FsCopyParams; result: EmptyResult };
  /** @api v2 @since 0.169 */
  "experimentalFeature/list": { params: ExperimentalFeatureListParams; result: ExperimentalFeatureListResponse };
  /** @api v2 @since 0.169 */
  "mcpServer/tool/call": { params: McpServerToolCallParams; result: McpServerToolCallResponse };
  /** @api v2 @since 0.169 */
  "mcpServer/resource/read": { params: McpResourceReadParams; result: McpResourceReadResponse };
}

/** Requests of the server that 0.92 did not have; sent only to clients that know them. */
export interface NewerServerRequestTable {
  /** @api v2 @since 0.169 */
  "mcpServer/elicitation/request": {
    params: McpServerElicitationRequestParams;
    result: McpServerElicitationRequestResponse;
  };
}

/** Notifications of the server that 0.92 did not have; clients ignore what they do not know. */
export interface NewerServerNotificationTable {
  /** @api v2 @since 0.169 */
  "thread/status/changed": { params: ThreadStatusChangedNotification };
  /** @api v2 @since 0.169 */
  "thread/closed": { params: ThreadIdParams };
  /** @api v2 @since 0.169 */
  "thread/archived": { params: ThreadIdParams };
  /** @api v2 @since 0.169 */
  "thread/unarchived": { params: ThreadIdParams };
  /** @api v2 @since 0.169 */
  "thread/deleted": { params: ThreadIdParams };
  /** @api v2 @since 0.169 */
  "thread/name/updated": { params: ThreadNameUpdatedNotification };
  /** @api v2 @since 0.169 */
  warning: { params: WarningNotification };
  /** @api v2 @since 0.169 */
  "serverRequest/resolved": { params: ServerRequestResolvedNotification };
  /** @api v2 @since 0.169 */
  "skills/changed": { params: EmptyResult };
  /** @api v2 @since 0.169 */
  "mcpServer/startupStatus/updated": { params: McpServerStatusUpdatedNotification };
  /** @api v2 @since 0.169 */
  "command/exec/outputDelta": { params: CommandExecOutputDeltaNotification };
}
