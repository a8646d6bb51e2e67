// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AddConversationListenerParams } from "./AddConversationListenerParams";
import type { AppsListParams } from "./v2/AppsListParams";
import type { ArchiveConversationParams } from "./ArchiveConversationParams";
import type { CancelLoginAccountParams } from "./v2/CancelLoginAccountParams";
import type { CancelLoginChatGptParams } from "./CancelLoginChatGptParams";
import type { CollaborationModeListParams } from "./v2/CollaborationModeListParams";
import type { CommandExecParams } from "./v2/CommandExecParams";
import type { ConfigBatchWriteParams } from "./v2/ConfigBatchWriteParams";
import type { ConfigReadParams } from "./v2/ConfigReadParams";
import type { ConfigValueWriteParams } from "./v2/ConfigValueWriteParams";
import type { ExecOneOffCommandParams } from "./ExecOneOffCommandParams";
import type { FeedbackUploadParams } from "./v2/FeedbackUploadParams";
import type { ForkConversationParams } from "./ForkConversationParams";
import type { FuzzyFileSearchParams } from "./FuzzyFileSearchParams";
import type { GetAccountParams } from "./v2/GetAccountParams";
import type { GetAuthStatusParams } from "./GetAuthStatusParams";
import type { GetConversationSummaryParams } from "./GetConversationSummaryParams";
import type { GitDiffToRemoteParams } from "./GitDiffToRemoteParams";
import type { InitializeParams } from "./InitializeParams";
import type { InterruptConversationParams } from "./InterruptConversationParams";
import type { ListConversationsParams } from "./ListConversationsParams";
import type { ListMcpServerStatusParams } from "./v2/ListMcpServerStatusParams";
import type { LoginAccountParams } from "./v2/LoginAccountParams";
import type { LoginApiKeyParams } from "./LoginApiKeyParams";
import type { McpServerOauthLoginParams } from "./v2/McpServerOauthLoginParams";
import type { ModelListParams } from "./v2/ModelListParams";
import type { NewConversationParams } from "./NewConversationParams";
import type { RemoveConversationListenerParams } from "./RemoveConversationListenerParams";
import type { RequestId } from "./RequestId";
import type { ResumeConversationParams } from "./ResumeConversationParams";
import type { ReviewStartParams } from "./v2/ReviewStartParams";
import type { SendUserMessageParams } from "./SendUserMessageParams";
import type { SendUserTurnParams } from "./SendUserTurnParams";
import type { SetDefaultModelParams } from "./SetDefaultModelParams";
import type { SkillsConfigWriteParams } from "./v2/SkillsConfigWriteParams";
import type { SkillsListParams } from "./v2/SkillsListParams";
import type { ThreadArchiveParams } from "./v2/ThreadArchiveParams";
import type { ThreadForkParams } from "./v2/ThreadForkParams";
import type { ThreadListParams } from "./v2/ThreadListParams";
import type { ThreadLoadedListParams } from "./v2/ThreadLoadedListParams";
import type { ThreadReadParams } from "./v2/ThreadReadParams";
import type { ThreadResumeParams } from "./v2/ThreadResumeParams";
import type { ThreadRollbackParams } from "./v2/ThreadRollbackParams";
import type { ThreadStartParams } from "./v2/ThreadStartParams";
import type { ThreadUnarchiveParams } from "./v2/ThreadUnarchiveParams";
import type { TurnInterruptParams } from "./v2/TurnInterruptParams";
import type { TurnStartParams } from "./v2/TurnStartParams";

/** A request of the client. */
export type ClientRequest = {
  id: RequestId,
  method: "initialize",
  params: InitializeParams,
} | {
  id: RequestId,
  method: "thread/start",
  params: ThreadStartParams,
} | {
  id: RequestId,
  method: "thread/resume",
  params: ThreadResumeParams,
} | {
  id: RequestId,
  method: "thread/fork",
  params: ThreadForkParams,
} | {
  id: RequestId,
  method: "thread/archive",
  params: ThreadArchiveParams,
} | {
  id: RequestId,
  method: "thread/unarchive",
  params: ThreadUnarchiveParams,
} | {
  id: RequestId,
  method: "thread/rollback",
  params: ThreadRollbackParams,
} | {
  id: RequestId,
  method: "thread/list",
  params: ThreadListParams,
} | {
  id: RequestId,
  method: "thread/loaded/list",
  params: ThreadLoadedListParams,
} | {
  id: RequestId,
  method: "thread/read",
  params: ThreadReadParams,
} | {
  id: RequestId,
  method: "skills/list",
  params: SkillsListParams,
} | {
  id: RequestId,
  method: "app/list",
  params: AppsListParams,
} | {
  id: RequestId,
  method: "skills/config/write",
  params: SkillsConfigWriteParams,
} | {
  id: RequestId,
  method: "turn/start",
  params: TurnStartParams,
} | {
  id: RequestId,
  method: "turn/interrupt",
  params: TurnInterruptParams,
} | {
  id: RequestId,
  method: "review/start",
  params: ReviewStartParams,
} | {
  id: RequestId,
  method: "model/list",
  params: ModelListParams,
} | {
  id: RequestId,
  method: "collaborationMode/list",
  params: CollaborationModeListParams,
} | {
  id: RequestId,
  method: "mcpServer/oauth/login",
  params: McpServerOauthLoginParams,
} | {
  id: RequestId,
  method: "config/mcpServer/reload",
  params?: null,
} | {
  id: RequestId,
  method: "mcpServerStatus/list",
  params: ListMcpServerStatusParams,
} | {
  id: RequestId,
  method: "account/login/start",
  params: LoginAccountParams,
} | {
  id: RequestId,
  method: "account/login/cancel",
  params: CancelLoginAccountParams,
} | {
  id: RequestId,
  method: "account/logout",
  params?: null,
} | {
  id: RequestId,
  method: "account/rateLimits/read",
  params?: null,
} | {
  id: RequestId,
  method: "feedback/upload",
  params: FeedbackUploadParams,
} | {
  id: RequestId,
  method: "command/exec",
  params: CommandExecParams,
} | {
  id: RequestId,
  method: "config/read",
  params: ConfigReadParams,
} | {
  id: RequestId,
  method: "config/value/write",
  params: ConfigValueWriteParams,
} | {
  id: RequestId,
  method: "config/batchWrite",
  params: ConfigBatchWriteParams,
} | {
  id: RequestId,
  method: "configRequirements/read",
  params?: null,
} | {
  id: RequestId,
  method: "account/read",
  params: GetAccountParams,
} | {
  id: RequestId,
  method: "newConversation",
  params: NewConversationParams,
} | {
  id: RequestId,
  method: "getConversationSummary",
  params: GetConversationSummaryParams,
} | {
  id: RequestId,
  method: "listConversations",
  params: ListConversationsParams,
} | {
  id: RequestId,
  method: "resumeConversation",
  params: ResumeConversationParams,
} | {
  id: RequestId,
  method: "forkConversation",
  params: ForkConversationParams,
} | {
  id: RequestId,
  method: "archiveConversation",
  params: ArchiveConversationParams,
} | {
  id: RequestId,
  method: "sendUserMessage",
  params: SendUserMessageParams,
} | {
  id: RequestId,
  method: "sendUserTurn",
  params: SendUserTurnParams,
} | {
  id: RequestId,
  method: "interruptConversation",
  params: InterruptConversationParams,
} | {
  id: RequestId,
  method: "addConversationListener",
  params: AddConversationListenerParams,
} | {
  id: RequestId,
  method: "removeConversationListener",
  params: RemoveConversationListenerParams,
} | {
  id: RequestId,
  method: "gitDiffToRemote",
  params: GitDiffToRemoteParams,
} | {
  id: RequestId,
  method: "loginApiKey",
  params: LoginApiKeyParams,
} | {
  id: RequestId,
  method: "loginChatGpt",
  params?: null,
} | {
  id: RequestId,
  method: "cancelLoginChatGpt",
  params: CancelLoginChatGptParams,
} | {
  id: RequestId,
  method: "logoutChatGpt",
  params?: null,
} | {
  id: RequestId,
  method: "getAuthStatus",
  params: GetAuthStatusParams,
} | {
  id: RequestId,
  method: "getUserSavedConfig",
  params?: null,
} | {
  id: RequestId,
  method: "setDefaultModel",
  params: SetDefaultModelParams,
} | {
  id: RequestId,
  method: "getUserAgent",
  params?: null,
} | {
  id: RequestId,
  method: "userInfo",
  params?: null,
} | {
  id: RequestId,
  method: "fuzzyFileSearch",
  params: FuzzyFileSearchParams,
} | {
  id: RequestId,
  method: "execOneOffCommand",
  params: ExecOneOffCommandParams,
};
