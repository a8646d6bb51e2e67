// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AccountLoginCompletedNotification } from "./v2/AccountLoginCompletedNotification";
import type { AccountRateLimitsUpdatedNotification } from "./v2/AccountRateLimitsUpdatedNotification";
import type { AccountUpdatedNotification } from "./v2/AccountUpdatedNotification";
import type { AgentMessageDeltaNotification } from "./v2/AgentMessageDeltaNotification";
import type { AuthStatusChangeNotification } from "./AuthStatusChangeNotification";
import type { CommandExecutionOutputDeltaNotification } from "./v2/CommandExecutionOutputDeltaNotification";
import type { ConfigWarningNotification } from "./v2/ConfigWarningNotification";
import type { ContextCompactedNotification } from "./v2/ContextCompactedNotification";
import type { DeprecationNoticeNotification } from "./v2/DeprecationNoticeNotification";
import type { ErrorNotification } from "./v2/ErrorNotification";
import type { FileChangeOutputDeltaNotification } from "./v2/FileChangeOutputDeltaNotification";
import type { ItemCompletedNotification } from "./v2/ItemCompletedNotification";
import type { ItemStartedNotification } from "./v2/ItemStartedNotification";
import type { LoginChatGptCompleteNotification } from "./LoginChatGptCompleteNotification";
import type { McpServerOauthLoginCompletedNotification } from "./v2/McpServerOauthLoginCompletedNotification";
import type { McpToolCallProgressNotification } from "./v2/McpToolCallProgressNotification";
import type { RawResponseItemCompletedNotification } from "./v2/RawResponseItemCompletedNotification";
import type { ReasoningSummaryPartAddedNotification } from "./v2/ReasoningSummaryPartAddedNotification";
import type { ReasoningSummaryTextDeltaNotification } from "./v2/ReasoningSummaryTextDeltaNotification";
import type { ReasoningTextDeltaNotification } from "./v2/ReasoningTextDeltaNotification";
import type { SessionConfiguredNotification } from "./SessionConfiguredNotification";
import type { TerminalInteractionNotification } from "./v2/TerminalInteractionNotification";
import type { ThreadStartedNotification } from "./v2/ThreadStartedNotification";
import type { ThreadTokenUsageUpdatedNotification } from "./v2/ThreadTokenUsageUpdatedNotification";
import type { TurnCompletedNotification } from "./v2/TurnCompletedNotification";
import type { TurnDiffUpdatedNotification } from "./v2/TurnDiffUpdatedNotification";
import type { TurnPlanUpdatedNotification } from "./v2/TurnPlanUpdatedNotification";
import type { TurnStartedNotification } from "./v2/TurnStartedNotification";
import type { WindowsWorldWritableWarningNotification } from "./v2/WindowsWorldWritableWarningNotification";

/** A notification of the server. */
export type ServerNotification = {
  method: "error",
  params: ErrorNotification,
} | {
  method: "thread/started",
  params: ThreadStartedNotification,
} | {
  method: "thread/tokenUsage/updated",
  params: ThreadTokenUsageUpdatedNotification,
} | {
  method: "turn/started",
  params: TurnStartedNotification,
} | {
  method: "turn/completed",
  params: TurnCompletedNotification,
} | {
  method: "turn/diff/updated",
  params: TurnDiffUpdatedNotification,
} | {
  method: "turn/plan/updated",
  params: TurnPlanUpdatedNotification,
} | {
  method: "item/started",
  params: ItemStartedNotification,
} | {
  method: "item/completed",
  params: ItemCompletedNotification,
} | {
  method: "rawResponseItem/completed",
  params: RawResponseItemCompletedNotification,
} | {
  method: "item/agentMessage/delta",
  params: AgentMessageDeltaNotification,
} | {
  method: "item/commandExecution/outputDelta",
  params: CommandExecutionOutputDeltaNotification,
} | {
  method: "item/commandExecution/terminalInteraction",
  params: TerminalInteractionNotification,
} | {
  method: "item/fileChange/outputDelta",
  params: FileChangeOutputDeltaNotification,
} | {
  method: "item/mcpToolCall/progress",
  params: McpToolCallProgressNotification,
} | {
  method: "mcpServer/oauthLogin/completed",
  params: McpServerOauthLoginCompletedNotification,
} | {
  method: "account/updated",
  params: AccountUpdatedNotification,
} | {
  method: "account/rateLimits/updated",
  params: AccountRateLimitsUpdatedNotification,
} | {
  method: "item/reasoning/summaryTextDelta",
  params: ReasoningSummaryTextDeltaNotification,
} | {
  method: "item/reasoning/summaryPartAdded",
  params: ReasoningSummaryPartAddedNotification,
} | {
  method: "item/reasoning/textDelta",
  params: ReasoningTextDeltaNotification,
} | {
  method: "thread/compacted",
  params: ContextCompactedNotification,
} | {
  method: "deprecationNotice",
  params: DeprecationNoticeNotification,
} | {
  method: "configWarning",
  params: ConfigWarningNotification,
} | {
  method: "windows/worldWritableWarning",
  params: WindowsWorldWritableWarningNotification,
} | {
  method: "account/login/completed",
  params: AccountLoginCompletedNotification,
} | {
  method: "authStatusChange",
  params: AuthStatusChangeNotification,
} | {
  method: "loginChatGptComplete",
  params: LoginChatGptCompleteNotification,
} | {
  method: "sessionConfigured",
  params: SessionConfiguredNotification,
};
