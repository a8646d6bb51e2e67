/** The agent's languages as types: operations, ThreadEvent, items, policies, and the wire's EventMsg and rollout lines. */

export type { IsoTime, ItemId, QuestionId, ThreadId, TurnId } from "./ids.js";
export type {
  AbsolutePath,
  ApprovalPolicy,
  CollaborationMode,
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
  FunctionCallOutputItem,
  GhostCommit,
  GhostSnapshotItem,
  InputImage,
  InputText,
  LocalShellAction,
  LocalShellCallItem,
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
export type { CodexErrorInfo, HttpErrorDetail, TurnError } from "./errors.js";
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
  McpAuthStatus,
  McpInvocation,
  McpResource,
  McpResourceTemplate,
  McpStartupFailure,
  McpStartupStatus,
  McpTool,
  McpToolResult,
} from "./mcp.js";
export type { AgentStatus, SubAgentTool } from "./sub-agents.js";
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
  AbortReason,
  Notice,
  Reply,
  ThreadEvent,
  ThreadEventBody,
  ThreadEventHeader,
  ThreadOrigin,
  ThreadSettings,
  TurnOutcome,
} from "./thread-events.js";
export type {
  Event,
  EventMsg,
  ExecCommandFacts,
  McpCallOutcome,
  SessionConfiguredEvent,
  TurnItem,
  WireDuration,
} from "./event-msg.js";
export type { DynamicToolResponse, McpRefreshConfig, Op, Submission } from "./ops.js";
export type {
  CompactedLine,
  GitInfo,
  RolloutItem,
  RolloutLine,
  SessionMeta,
  TurnContextLine,
} from "./rollout-lines.js";
