/**
 * Every method of the app-server, in one place: its parameters, its result, and its standing. Unions of messages, typed
 * helpers, routers, validators, schemas and documents are derived from these tables; see `scripts/schema`.
 */

import type {
  AuthStatusChangeNotification,
  CancelLoginChatGptParams,
  CancelLoginChatGptResponse,
  GetAuthStatusParams,
  GetAuthStatusResponse,
  LoginApiKeyParams,
  LoginApiKeyResponse,
  LoginChatGptCompleteNotification,
  LoginChatGptResponse,
  LogoutChatGptResponse,
  UserInfoResponse,
} from "./v1/accounts.js";
import type {
  ApplyPatchApprovalParams,
  ApplyPatchApprovalResponse,
  ExecCommandApprovalParams,
  ExecCommandApprovalResponse,
} from "./v1/approvals.js";
import type {
  AddConversationListenerParams,
  AddConversationSubscriptionResponse,
  ArchiveConversationParams,
  ArchiveConversationResponse,
  ForkConversationParams,
  ForkConversationResponse,
  GetConversationSummaryParams,
  GetConversationSummaryResponse,
  InterruptConversationParams,
  InterruptConversationResponse,
  ListConversationsParams,
  ListConversationsResponse,
  NewConversationParams,
  NewConversationResponse,
  RemoveConversationListenerParams,
  RemoveConversationSubscriptionResponse,
  ResumeConversationParams,
  ResumeConversationResponse,
  SendUserMessageParams,
  SendUserMessageResponse,
  SendUserTurnParams,
  SendUserTurnResponse,
  SessionConfiguredNotification,
} from "./v1/conversations.js";
import type {
  ExecOneOffCommandParams,
  ExecOneOffCommandResponse,
  GetUserAgentResponse,
  GetUserSavedConfigResponse,
  GitDiffToRemoteParams,
  GitDiffToRemoteResponse,
  SetDefaultModelParams,
  SetDefaultModelResponse,
} from "./v1/settings.js";
import type {
  FuzzyFileSearchParams,
  FuzzyFileSearchResponse,
  InitializeParams,
  InitializeResponse,
} from "./v1/handshake-and-search.js";
import type {
  AccountLoginCompletedNotification,
  AccountRateLimitsUpdatedNotification,
  AccountUpdatedNotification,
  CancelLoginAccountParams,
  CancelLoginAccountResponse,
  GetAccountParams,
  GetAccountRateLimitsResponse,
  GetAccountResponse,
  LoginAccountParams,
  LoginAccountResponse,
  LogoutAccountResponse,
  ThreadTokenUsageUpdatedNotification,
} from "./v2/account.js";
import type {
  CommandExecutionRequestApprovalParams,
  CommandExecutionRequestApprovalResponse,
  DynamicToolCallParams,
  DynamicToolCallResponse,
  FileChangeRequestApprovalParams,
  FileChangeRequestApprovalResponse,
  ToolRequestUserInputParams,
  ToolRequestUserInputResponse,
} from "./v2/approvals.js";
import type {
  ConfigBatchWriteParams,
  ConfigReadParams,
  ConfigReadResponse,
  ConfigRequirementsReadResponse,
  ConfigValueWriteParams,
  ConfigWarningNotification,
  ConfigWriteResponse,
} from "./v2/config.js";
import type { ErrorNotification } from "./v2/errors.js";
import type {
  AgentMessageDeltaNotification,
  CommandExecutionOutputDeltaNotification,
  FileChangeOutputDeltaNotification,
  ItemCompletedNotification,
  ItemStartedNotification,
  McpToolCallProgressNotification,
  RawResponseItemCompletedNotification,
  ReasoningSummaryPartAddedNotification,
  ReasoningSummaryTextDeltaNotification,
  ReasoningTextDeltaNotification,
  TerminalInteractionNotification,
} from "./v2/item-events.js";
import type {
  ListMcpServerStatusParams,
  ListMcpServerStatusResponse,
  McpServerOauthLoginCompletedNotification,
  McpServerOauthLoginParams,
  McpServerOauthLoginResponse,
  McpServerRefreshResponse,
} from "./v2/mcp.js";
import type {
  CollaborationModeListParams,
  CollaborationModeListResponse,
  ModelListParams,
  ModelListResponse,
} from "./v2/models.js";
import type { ReviewStartParams, ReviewStartResponse } from "./v2/review.js";
import type {
  CommandExecParams,
  CommandExecResponse,
  DeprecationNoticeNotification,
  FeedbackUploadParams,
  FeedbackUploadResponse,
  WindowsWorldWritableWarningNotification,
} from "./v2/service.js";
import type {
  AppsListParams,
  AppsListResponse,
  SkillsConfigWriteParams,
  SkillsConfigWriteResponse,
  SkillsListParams,
  SkillsListResponse,
} from "./v2/skills.js";
import type {
  ThreadArchiveParams,
  ThreadArchiveResponse,
  ThreadForkParams,
  ThreadForkResponse,
  ThreadListParams,
  ThreadListResponse,
  ThreadLoadedListParams,
  ThreadLoadedListResponse,
  ThreadReadParams,
  ThreadReadResponse,
  ThreadResumeParams,
  ThreadResumeResponse,
  ThreadRollbackParams,
  ThreadRollbackResponse,
  ThreadStartParams,
  ThreadStartResponse,
  ThreadStartedNotification,
  ThreadUnarchiveParams,
  ThreadUnarchiveResponse,
} from "./v2/thread.js";
import type {
  ContextCompactedNotification,
  TurnCompletedNotification,
  TurnDiffUpdatedNotification,
  TurnInterruptParams,
  TurnInterruptResponse,
  TurnPlanUpdatedNotification,
  TurnStartParams,
  TurnStartResponse,
  TurnStartedNotification,
} from "./v2/turn.js";

/** Requests of the client, with their results. `params: null` means that the method takes none. */
export interface ClientRequestTable {
  /** @api shared */
  initialize: { params: InitializeParams; result: InitializeResponse };
  /** @api v2 */
  "thread/start": { params: ThreadStartParams; result: ThreadStartResponse };
  /** @api v2 */
  "thread/resume": { params: ThreadResumeParams; result: ThreadResumeResponse };
  /** @api v2 */
  "thread/fork": { params: ThreadForkParams; result: ThreadForkResponse };
  /** @api v2 */
  "thread/archive": { params: ThreadArchiveParams; result: ThreadArchiveResponse };
  /** @api v2 */
  "thread/unarchive": { params: ThreadUnarchiveParams; result: ThreadUnarchiveResponse };
  /** @api v2 */
  "thread/rollback": { params: ThreadRollbackParams; result: ThreadRollbackResponse };
  /** @api v2 */
  "thread/list": { params: ThreadListParams; result: ThreadListResponse };
  /** @api v2 */
  "thread/loaded/list": { params: ThreadLoadedListParams; result: ThreadLoadedListResponse };
  /** @api v2 */
  "thread/read": { params: ThreadReadParams; result: ThreadReadResponse };
  /** @api v2 */
  "skills/list": { params: SkillsListParams; result: SkillsListResponse };
  /** @api v2 */
  "app/list": { params: AppsListParams; result: AppsListResponse };
  /** @api v2 */
  "skills/config/write": { params: SkillsConfigWriteParams; result: SkillsConfigWriteResponse };
  /** @api v2 */
  "turn/start": { params: TurnStartParams; result: TurnStartResponse };
  /** @api v2 */
  "turn/interrupt": { params: TurnInterruptParams; result: TurnInterruptResponse };
  /** @api v2 */
  "review/start": { params: ReviewStartParams; result: ReviewStartResponse };
  /** @api v2 */
  "model/list": { params: ModelListParams; result: ModelListResponse };
  /** @api v2 @experimental */
  "collaborationMode/list": { params: CollaborationModeListParams; result: CollaborationModeListResponse };
  /** @api v2 */
  "mcpServer/oauth/login": { params: McpServerOauthLoginParams; result: McpServerOauthLoginResponse };
  /** @api v2 */
  "config/mcpServer/reload": { params: null; result: McpServerRefreshResponse };
  /** @api v2 */
  "mcpServerStatus/list": { params: ListMcpServerStatusParams; result: ListMcpServerStatusResponse };
  /** @api v2 */
  "account/login/start": { params: LoginAccountParams; result: LoginAccountResponse };
  /** @api v2 */
  "account/login/cancel": { params: CancelLoginAccountParams; result: CancelLoginAccountResponse };
  /** @api v2 */
  "account/logout": { params: null; result: LogoutAccountResponse };
  /** @api v2 */
  "account/rateLimits/read": { params: null; result: GetAccountRateLimitsResponse };
  /** @api v2 */
  "feedback/upload": { params: FeedbackUploadParams; result: FeedbackUploadResponse };
  /** @api v2 */
  "command/exec": { params: CommandExecParams; result: CommandExecResponse };
  /** @api v2 */
  "config/read": { params: ConfigReadParams; result: ConfigReadResponse };
  /** @api v2 */
  "config/value/write": { params: ConfigValueWriteParams; result: ConfigWriteResponse };
  /** @api v2 */
  "config/batchWrite": { params: ConfigBatchWriteParams; result: ConfigWriteResponse };
  /** @api v2 */
  "configRequirements/read": { params: null; result: ConfigRequirementsReadResponse };
  /** @api v2 */
  "account/read": { params: GetAccountParams; result: GetAccountResponse };
  /** @api v1 @deprecated v1 */
  newConversation: { params: NewConversationParams; result: NewConversationResponse };
  /** @api v1 @deprecated v1 */
  getConversationSummary: { params: GetConversationSummaryParams; result: GetConversationSummaryResponse };
  /** @api v1 @deprecated v1 */
  listConversations: { params: ListConversationsParams; result: ListConversationsResponse };
  /** @api v1 @deprecated v1 */
  resumeConversation: { params: ResumeConversationParams; result: ResumeConversationResponse };
  /** @api v1 @deprecated v1 */
  forkConversation: { params: ForkConversationParams; result: ForkConversationResponse };
  /** @api v1 @deprecated v1 */
  archiveConversation: { params: ArchiveConversationParams; result: ArchiveConversationResponse };
  /** @api v1 @deprecated v1 */
  sendUserMessage: { params: SendUserMessageParams; result: SendUserMessageResponse };
  /** @api v1 @deprecated v1 */
  sendUserTurn: { params: SendUserTurnParams; result: SendUserTurnResponse };
  /** @api v1 @deprecated v1 */
  interruptConversation: { params: InterruptConversationParams; result: InterruptConversationResponse };
  /** @api v1 @deprecated v1 */
  addConversationListener: { params: AddConversationListenerParams; result: AddConversationSubscriptionResponse };
  /** @api v1 @deprecated v1 */
  removeConversationListener: {
    params: RemoveConversationListenerParams;
    result: RemoveConversationSubscriptionResponse;
  };
  /** @api v1 @deprecated v1 */
  gitDiffToRemote: { params: GitDiffToRemoteParams; result: GitDiffToRemoteResponse };
  /** @api v1 @deprecated v1 */
  loginApiKey: { params: LoginApiKeyParams; result: LoginApiKeyResponse };
  /** @api v1 @deprecated v1 */
  loginChatGpt: { params: null; result: LoginChatGptResponse };
  /** @api v1 @deprecated v1 */
  cancelLoginChatGpt: { params: CancelLoginChatGptParams; result: CancelLoginChatGptResponse };
  /** @api v1 @deprecated v1 */
  logoutChatGpt: { params: null; result: LogoutChatGptResponse };
  /** @api v1 @deprecated v1 */
  getAuthStatus: { params: GetAuthStatusParams; result: GetAuthStatusResponse };
  /** @api v1 @deprecated v1 */
  getUserSavedConfig: { params: null; result: GetUserSavedConfigResponse };
  /** @api v1 @deprecated v1 */
  setDefaultModel: { params: SetDefaultModelParams; result: SetDefaultModelResponse };
  /** @api v1 @deprecated v1 */
  getUserAgent: { params: null; result: GetUserAgentResponse };
  /** @api v1 @deprecated v1 */
  userInfo: { params: null; result: UserInfoResponse };
  /** @api shared */
  fuzzyFileSearch: { params: FuzzyFileSearchParams; result: FuzzyFileSearchResponse };
  /** @api v1 @deprecated v1 */
  execOneOffCommand: { params: ExecOneOffCommandParams; result: ExecOneOffCommandResponse };
}

/** Requests of the server, with their results. */
export interface ServerRequestTable {
  /** @api v2 */
  "item/commandExecution/requestApproval": {
    params: CommandExecutionRequestApprovalParams;
    result: CommandExecutionRequestApprovalResponse;
  };
  /** @api v2 */
  "item/fileChange/requestApproval": {
    params: FileChangeRequestApprovalParams;
    result: FileChangeRequestApprovalResponse;
  };
  /** @api v2 @experimental */
  "item/tool/requestUserInput": { params: ToolRequestUserInputParams; result: ToolRequestUserInputResponse };
  /** @api v2 */
  "item/tool/call": { params: DynamicToolCallParams; result: DynamicToolCallResponse };
  /** @api v1 @deprecated v1 */
  applyPatchApproval: { params: ApplyPatchApprovalParams; result: ApplyPatchApprovalResponse };
  /** @api v1 @deprecated v1 */
  execCommandApproval: { params: ExecCommandApprovalParams; result: ExecCommandApprovalResponse };
}

/** Notifications of the client. */
export interface ClientNotificationTable {
  /** @api shared */
  initialized: { params: null };
}

/** Notifications of the server. Besides these there is `codex/event/<type>` for each event of the older language. */
export interface ServerNotificationTable {
  /** @api v2 */
  error: { params: ErrorNotification };
  /** @api v2 */
  "thread/started": { params: ThreadStartedNotification };
  /** @api v2 */
  "thread/tokenUsage/updated": { params: ThreadTokenUsageUpdatedNotification };
  /** @api v2 */
  "turn/started": { params: TurnStartedNotification };
  /** @api v2 */
  "turn/completed": { params: TurnCompletedNotification };
  /** @api v2 */
  "turn/diff/updated": { params: TurnDiffUpdatedNotification };
  /** @api v2 */
  "turn/plan/updated": { params: TurnPlanUpdatedNotification };
  /** @api v2 */
  "item/started": { params: ItemStartedNotification };
  /** @api v2 */
  "item/completed": { params: ItemCompletedNotification };
  /** @api v2 @internal */
  "rawResponseItem/completed": { params: RawResponseItemCompletedNotification };
  /** @api v2 */
  "item/agentMessage/delta": { params: AgentMessageDeltaNotification };
  /** @api v2 */
  "item/commandExecution/outputDelta": { params: CommandExecutionOutputDeltaNotification };
  /** @api v2 */
  "item/commandExecution/terminalInteraction": { params: TerminalInteractionNotification };
  /** @api v2 */
  "item/fileChange/outputDelta": { params: FileChangeOutputDeltaNotification };
  /** @api v2 */
  "item/mcpToolCall/progress": { params: McpToolCallProgressNotification };
  /** @api v2 */
  "mcpServer/oauthLogin/completed": { params: McpServerOauthLoginCompletedNotification };
  /** @api v2 */
  "account/updated": { params: AccountUpdatedNotification };
  /** @api v2 */
  "account/rateLimits/updated": { params: AccountRateLimitsUpdatedNotification };
  /** @api v2 */
  "item/reasoning/summaryTextDelta": { params: ReasoningSummaryTextDeltaNotification };
  /** @api v2 */
  "item/reasoning/summaryPartAdded": { params: ReasoningSummaryPartAddedNotification };
  /** @api v2 */
  "item/reasoning/textDelta": { params: ReasoningTextDeltaNotification };
  /** @api v2 */
  "thread/compacted": { params: ContextCompactedNotification };
  /** @api v2 */
  deprecationNotice: { params: DeprecationNoticeNotification };
  /** @api v2 */
  configWarning: { params: ConfigWarningNotification };
  /** @api v2 */
  "windows/worldWritableWarning": { params: WindowsWorldWritableWarningNotification };
  /** @api v2 */
  "account/login/completed": { params: AccountLoginCompletedNotification };
  /** @api v1 @deprecated v1 */
  authStatusChange: { params: AuthStatusChangeNotification };
  /** @api v1 @deprecated v1 */
  loginChatGptComplete: { params: LoginChatGptCompleteNotification };
  /** @api v1 @deprecated v1 */
  sessionConfigured: { params: SessionConfiguredNotification };
}
