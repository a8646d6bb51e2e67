/** The agent's languages as types: operations, ThreadEvent, items, policies, and the wire's EventMsg and rollout lines. */

export type { Double, Float, Int32, Int64, Uint, Uint16, Uint32, Uint64 } from "./numbers.js";
export type { AuthMode, ForcedLoginMethod } from "./accounts.js";
export type { IsoTime, ItemId, QuestionId, RequestId, ThreadId, TurnId } from "./ids.js";
export type {
  AbsolutePath,
  ApprovalPolicy,
  CollaborationMode,
  CollaborationModeMask,
  CollaborationSettings,
  DangerFullAccessPolicy,
  ExternalSandboxPolicy,
  ModeKind,
  NetworkAccess,
  Personality,
  ReadOnlyPolicy,
  ReasoningEffort,
  ReasoningSummary,
  SandboxMode,
  SandboxPolicy,
  SessionSource,
  SubAgentSessionSource,
  SubAgentSource,
  TruncationPolicy,
  Verbosity,
  OtherAgentSource,
  ThreadSpawnSource,
  WebSearchMode,
  WorkspaceWritePolicy,
} from "./policies.js";
export type {
  ApprovedExecPolicyAmendment,
  CommandDecision,
  CommandRisk,
  ElicitationAction,
  ExecPolicyAmendment,
  FileChangeDecision,
  ReviewDecision,
  RiskCategory,
  RiskLevel,
} from "./decisions.js";
export type {
  ByteRange,
  ImageInput,
  LocalImageInput,
  SkillInput,
  TextElement,
  TextInput,
  UserInput,
} from "./user-input.js";
export type {
  CompactionItem,
  ContentItem,
  CustomToolCallItem,
  CustomToolCallOutputItem,
  FunctionCallItem,
  FunctionCallOutput,
  FunctionCallOutputItem,
  GhostCommit,
  GhostSnapshotItem,
  InputImage,
  InputText,
  LocalShellAction,
  LocalShellExecAction,
  LocalShellCallItem,
  LocalShellStatus,
  MessageItem,
  OtherItem,
  OutputText,
  ReasoningContent,
  ReasoningItem,
  ReasoningSummaryText,
  ResponseItem,
  ToolOutputPart,
  WebSearchAction,
  WebSearchCallItem,
} from "./response-items.js";
export type {
  AbortReason,
  CodexErrorInfo,
  HttpConnectionFailedError,
  HttpErrorDetail,
  ResponseStreamConnectionFailedError,
  ResponseStreamDisconnectedError,
  ResponseTooManyFailedAttemptsError,
  TurnError,
} from "./errors.js";
export type {
  CreditsSnapshot,
  PlanType,
  RateLimitSnapshot,
  RateLimitWindow,
  TokenUsage,
  TokenUsageInfo,
} from "./usage.js";
export type { ExecCommandSource, ExecOutputStream, FileChange, FileChanges, ParsedCommand } from "./commands.js";
export type { Plan, PlanItem, StepStatus } from "./plan.js";
export type {
  ReviewCodeLocation,
  ReviewFinding,
  ReviewLineRange,
  ReviewOutput,
  ReviewRequest,
  ReviewTarget,
} from "./review.js";
export type {
  McpAnnotations,
  McpAuthStatus,
  McpContent,
  McpInvocation,
  McpResource,
  McpResourceTemplate,
  McpStartupFailure,
  McpStartupStatus,
  McpTool,
  McpToolAnnotations,
  McpToolInputSchema,
  McpToolOutputSchema,
  McpToolResult,
} from "./mcp.js";
export type { AgentCompleted, AgentErrored, AgentStatus, SubAgentTool } from "./sub-agents.js";
export type { ModelPreset, ModelUpgrade, ReasoningEffortPreset } from "./models.js";
export type {
  CustomPrompt,
  HistoryEntry,
  HistoryEntryReply,
  McpToolsReply,
  SkillErrorInfo,
  SkillInterface,
  SkillMetadata,
  SkillScope,
  SkillsListEntry,
} from "./queries.js";
export type {
  Answer,
  AnsweredBy,
  ClientToolQuestion,
  CommandQuestion,
  ElicitationQuestion,
  FileChangeQuestion,
  Question,
  UserInputAnswers,
  UserInputOption,
  UserInputPrompt,
  UserInputQuestion,
} from "./questions.js";
export type {
  AgentMessageItem,
  CommandItem,
  CommandResult,
  FileChangeItem,
  ImageViewItem,
  ItemDelta,
  ItemStatus,
  McpCallItem,
  ReasoningThreadItem,
  ReviewItem,
  SubAgentItem,
  ThreadItem,
  UserMessageItem,
  WebSearchItem,
} from "./items.js";
export type {
  Notice,
  Reply,
  ThreadEvent,
  ThreadEventBody,
  ThreadEventHeader,
  ThreadOrigin,
  ThreadSettings,
  TurnOutcome,
} from "./thread-events.js";
export type { Event, EventMsg, EventMsgOf, EventMsgType, SessionConfiguredEvent } from "./event-msg.js";
export type {
  AgentMessageContent,
  AgentMessageContentDeltaEvent,
  AgentMessageDeltaEvent,
  AgentMessageEvent,
  AgentReasoningDeltaEvent,
  AgentReasoningEvent,
  AgentReasoningRawContentDeltaEvent,
  AgentReasoningRawContentEvent,
  AgentReasoningSectionBreakEvent,
  ItemCompletedEvent,
  ItemStartedEvent,
  LegacyAgentMessageItem,
  LegacyReasoningItem,
  LegacyUserMessageItem,
  LegacyWebSearchItem,
  RawResponseItemEvent,
  ReasoningContentDeltaEvent,
  ReasoningRawContentDeltaEvent,
  TurnItem,
  UserMessageEvent,
} from "./events/messages.js";
export type {
  BackgroundEventEvent,
  ContextCompactedEvent,
  DeprecationNoticeEvent,
  ErrorEvent,
  ExitedReviewModeEvent,
  ListCustomPromptsResponseEvent,
  ListSkillsResponseEvent,
  McpStartupCompleteEvent,
  McpStartupUpdateEvent,
  StreamErrorEvent,
  ThreadRolledBackEvent,
  TokenCountEvent,
  TurnAbortedEvent,
  TurnCompleteEvent,
  TurnDiffEvent,
  TurnStartedEvent,
  UndoCompletedEvent,
  UndoStartedEvent,
  UpdatePlanArgs,
  WarningEvent,
} from "./events/session.js";
export type {
  ApplyPatchApprovalRequestEvent,
  CollabAgentInteractionBeginEvent,
  CollabAgentInteractionEndEvent,
  CollabAgentSpawnBeginEvent,
  CollabAgentSpawnEndEvent,
  CollabCloseBeginEvent,
  CollabCloseEndEvent,
  CollabWaitingBeginEvent,
  CollabWaitingEndEvent,
  DynamicToolCallRequest,
  ElicitationRequestEvent,
  ExecApprovalRequestEvent,
  ExecCommandBeginEvent,
  ExecCommandEndEvent,
  ExecCommandFacts,
  ExecCommandOutputDeltaEvent,
  McpCallErr,
  McpCallOk,
  McpCallOutcome,
  McpToolCallBeginEvent,
  McpToolCallEndEvent,
  PatchApplyBeginEvent,
  PatchApplyEndEvent,
  RequestUserInputEvent,
  TerminalInteractionEvent,
  ViewImageToolCallEvent,
  WebSearchBeginEvent,
  WebSearchEndEvent,
  WireDuration,
} from "./events/tools.js";
export type { DynamicToolResponse, McpRefreshConfig, Op, Submission } from "./ops.js";
export type {
  CompactedLine,
  GitInfo,
  RolloutItem,
  RolloutLine,
  SessionMeta,
  TurnContextLine,
} from "./rollout-lines.js";
export type {
  Annotations,
  AudioContent,
  BlobResourceContents,
  ContentBlock,
  EmbeddedResource,
  EmbeddedResourceResource,
  FunctionCallOutputPayload,
  ImageContent,
  ResourceLink,
  Role,
  TextContent,
  TextResourceContents,
  ToolAnnotations,
  ToolInputSchema,
  ToolOutputSchema,
} from "./published.js";
export { type Checker, createChecker } from "./validation/checker.js";
export type { Check } from "./validation/check.js";
export { unknownVariant, WireFormatError, wrongType } from "./validation/wire-format-error.js";
export type { WireDefinitions, WireSchema, WireSchemaType } from "./validation/wire-schema.js";
export {
  parseEvent,
  parseEventMsg,
  parseOp,
  parseResponseItem,
  parseReviewOutput,
  parseRolloutLine,
  parseSubmission,
  protocolDefinitions,
} from "./parse.js";
export { legacyOf, submissionIdOf } from "./projections/legacy-of.js";
export type { LegacyOptions } from "./projections/legacy-options.js";
export { isPersisted, persistedEventTypes, storedOf } from "./projections/persisted.js";
export { renderReview } from "./projections/render-review.js";
export { toldItem } from "./projections/told-item.js";
export { userInputOf, userMessageEvent } from "./projections/user-message.js";
export { base64Of } from "./projections/base64.js";
export { webSearchText } from "./projections/web-search-text.js";
