/** Runs Codex from TypeScript: threads, streamed turns, approvals and custom tools. */

export { Codex } from "./codex.js";
export {
  AbortError,
  CodexExitError,
  CodexNotFoundError,
  CodexOutputError,
  InvalidInputError,
  NotInRepositoryError,
  ServerError,
  TurnFailedError,
} from "./errors.js";
export { ConfigOverrideError } from "./config-overrides.js";
export type {
  ItemCompletedEvent,
  ItemStartedEvent,
  ItemUpdatedEvent,
  ThreadError,
  ThreadErrorEvent,
  ThreadEvent,
  ThreadStartedEvent,
  TurnCompletedEvent,
  TurnFailedEvent,
  TurnStartedEvent,
  Usage,
} from "./events/thread-event.js";
export type {
  AgentMessageItem,
  CollabToolCallItem,
  CommandExecutionItem,
  CommandExecutionStatus,
  ErrorItem,
  FileChangeItem,
  McpToolCallItem,
  PatchChangeKind,
  ReasoningItem,
  ThreadItem,
  TodoListItem,
  WebSearchItem,
} from "./events/thread-item.js";
export type {
  ApprovalMode,
  CodexConfigObject,
  CodexConfigValue,
  CodexOptions,
  CyberAccessProgram,
  Input,
  ModelReasoningEffort,
  SandboxMode,
  ThreadOptions,
  TurnOptions,
  UserInput,
  WebSearchMode,
} from "./options.js";
export type {
  ApprovalDecision,
  ApprovalRequest,
  AskedBy,
  AskUser,
  CommandApprovalRequest,
  DecideApproval,
  FileChangeApprovalRequest,
  ProposedChange,
  UserQuestion,
} from "./questions/handlers.js";
export { defineTool, type Tool, type ToolContext, type ToolDefinition, type ToolResult } from "./questions/tool.js";
export {
  Thread,
  type StreamedTurn,
  type StreamedTurn as RunStreamedResult,
  type Turn,
  type Turn as RunResult,
} from "./thread.js";
