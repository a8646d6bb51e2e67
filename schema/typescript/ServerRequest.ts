// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ApplyPatchApprovalParams } from "./ApplyPatchApprovalParams";
import type { CommandExecutionRequestApprovalParams } from "./v2/CommandExecutionRequestApprovalParams";
import type { DynamicToolCallParams } from "./v2/DynamicToolCallParams";
import type { ExecCommandApprovalParams } from "./ExecCommandApprovalParams";
import type { FileChangeRequestApprovalParams } from "./v2/FileChangeRequestApprovalParams";
import type { RequestId } from "./RequestId";
import type { ToolRequestUserInputParams } from "./v2/ToolRequestUserInputParams";

/** A request of the server. */
export type ServerRequest = {
  id: RequestId,
  method: "item/commandExecution/requestApproval",
  params: CommandExecutionRequestApprovalParams,
} | {
  id: RequestId,
  method: "item/fileChange/requestApproval",
  params: FileChangeRequestApprovalParams,
} | {
  id: RequestId,
  method: "item/tool/requestUserInput",
  params: ToolRequestUserInputParams,
} | {
  id: RequestId,
  method: "item/tool/call",
  params: DynamicToolCallParams,
} | {
  id: RequestId,
  method: "applyPatchApproval",
  params: ApplyPatchApprovalParams,
} | {
  id: RequestId,
  method: "execCommandApproval",
  params: ExecCommandApprovalParams,
};
