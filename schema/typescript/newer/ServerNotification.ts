// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CommandExecOutputDeltaNotification } from "./CommandExecOutputDeltaNotification";
import type { EmptyResult } from "./EmptyResult";
import type { McpServerStatusUpdatedNotification } from "./McpServerStatusUpdatedNotification";
import type { ServerRequestResolvedNotification } from "./ServerRequestResolvedNotification";
import type { ThreadIdParams } from "./ThreadIdParams";
import type { ThreadNameUpdatedNotification } from "./ThreadNameUpdatedNotification";
import type { ThreadStatusChangedNotification } from "./ThreadStatusChangedNotification";
import type { WarningNotification } from "./WarningNotification";

/** A notification that 0.92 does not send. */
export type ServerNotification = {
  method: "thread/status/changed",
  params: ThreadStatusChangedNotification,
} | {
  method: "thread/closed",
  params: ThreadIdParams,
} | {
  method: "thread/archived",
  params: ThreadIdParams,
} | {
  method: "thread/unarchived",
  params: ThreadIdParams,
} | {
  method: "thread/deleted",
  params: ThreadIdParams,
} | {
  method: "thread/name/updated",
  params: ThreadNameUpdatedNotification,
} | {
  method: "warning",
  params: WarningNotification,
} | {
  method: "serverRequest/resolved",
  params: ServerRequestResolvedNotification,
} | {
  method: "skills/changed",
  params: EmptyResult,
} | {
  method: "mcpServer/startupStatus/updated",
  params: McpServerStatusUpdatedNotification,
} | {
  method: "command/exec/outputDelta",
  params: CommandExecOutputDeltaNotification,
};
