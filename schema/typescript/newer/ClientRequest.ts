// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CommandExecResizeParams } from "./CommandExecResizeParams";
import type { CommandExecTerminateParams } from "./CommandExecTerminateParams";
import type { CommandExecWriteParams } from "./CommandExecWriteParams";
import type { ExperimentalFeatureListParams } from "./ExperimentalFeatureListParams";
import type { FsCopyParams } from "./FsCopyParams";
import type { FsCreateDirectoryParams } from "./FsCreateDirectoryParams";
import type { FsPathParams } from "./FsPathParams";
import type { FsRemoveParams } from "./FsRemoveParams";
import type { FsWriteFileParams } from "./FsWriteFileParams";
import type { McpResourceReadParams } from "./McpResourceReadParams";
import type { McpServerToolCallParams } from "./McpServerToolCallParams";
import type { RequestId } from "../RequestId";
import type { ThreadIdParams } from "./ThreadIdParams";
import type { ThreadInjectItemsParams } from "./ThreadInjectItemsParams";
import type { ThreadItemsListParams } from "./ThreadItemsListParams";
import type { ThreadSetNameParams } from "./ThreadSetNameParams";
import type { ThreadShellCommandParams } from "./ThreadShellCommandParams";
import type { ThreadTurnsListParams } from "./ThreadTurnsListParams";
import type { TurnSteerParams } from "./TurnSteerParams";

/** A request that 0.92 does not know. */
export type ClientRequest = {
  id: RequestId,
  method: "thread/compact/start",
  params: ThreadIdParams,
} | {
  id: RequestId,
  method: "thread/name/set",
  params: ThreadSetNameParams,
} | {
  id: RequestId,
  method: "thread/unsubscribe",
  params: ThreadIdParams,
} | {
  id: RequestId,
  method: "thread/delete",
  params: ThreadIdParams,
} | {
  id: RequestId,
  method: "thread/turns/list",
  params: ThreadTurnsListParams,
} | {
  id: RequestId,
  method: "thread/items/list",
  params: ThreadItemsListParams,
} | {
  id: RequestId,
  method: "thread/inject_items",
  params: ThreadInjectItemsParams,
} | {
  id: RequestId,
  method: "thread/shellCommand",
  params: ThreadShellCommandParams,
} | {
  id: RequestId,
  method: "turn/steer",
  params: TurnSteerParams,
} | {
  id: RequestId,
  method: "command/exec/write",
  params: CommandExecWriteParams,
} | {
  id: RequestId,
  method: "command/exec/resize",
  params: CommandExecResizeParams,
} | {
  id: RequestId,
  method: "command/exec/terminate",
  params: CommandExecTerminateParams,
} | {
  id: RequestId,
  method: "fs/readFile",
  params: FsPathParams,
} | {
  id: RequestId,
  method: "fs/writeFile",
  params: FsWriteFileParams,
} | {
  id: RequestId,
  method: "fs/createDirectory",
  params: FsCreateDirectoryParams,
} | {
  id: RequestId,
  method: "fs/getMetadata",
  params: FsPathParams,
} | {
  id: RequestId,
  method: "fs/readDirectory",
  params: FsPathParams,
} | {
  id: RequestId,
  method: "fs/remove",
  params: FsRemoveParams,
} | {
  id: RequestId,
  method: "fs/copy",
  params: FsCopyParams,
} | {
  id: RequestId,
  method: "experimentalFeature/list",
  params: ExperimentalFeatureListParams,
} | {
  id: RequestId,
  method: "mcpServer/tool/call",
  params: McpServerToolCallParams,
} | {
  id: RequestId,
  method: "mcpServer/resource/read",
  params: McpResourceReadParams,
};
