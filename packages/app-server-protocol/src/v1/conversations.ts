/** Conversations: threads, as v1 calls them. */

import type {
  AbortReason,
  ApprovalPolicy,
  EventMsg,
  ReasoningEffort,
  ReasoningSummary,
  ResponseItem,
  SandboxMode,
  SandboxPolicy,
  SessionSource,
  ThreadId,
  Uint,
  Uint64,
} from "@codex-ts/protocol";

/** Starts a conversation; what is absent comes from the configuration. */
export interface NewConversationParams {
  model?: string | null;
  modelProvider?: string | null;
  profile?: string | null;
  cwd?: string | null;
  approvalPolicy?: ApprovalPolicy | null;
  sandbox?: SandboxMode | null;
  config?: Record<string, unknown> | null;
  baseInstructions?: string | null;
  developerInstructions?: string | null;
  compactPrompt?: string | null;
  includeApplyPatchTool?: boolean | null;
}

/** The new conversation; nobody is subscribed to it yet. */
export interface NewConversationResponse {
  conversationId: ThreadId;
  model: string;
  reasoningEffort: ReasoningEffort | null;
  rolloutPath: string;
}

/** The repository a conversation began in. */
export interface ConversationGitInfo {
  sha: string | null;
  branch: string | null;
  origin_url: string | null;
}

/** A stored conversation. */
export interface ConversationSummary {
  conversationId: ThreadId;
  path: string;
  preview: string;
  /** When it began, RFC 3339. */
  timestamp: string | null;
  /** When its file last changed, RFC 3339. */
  updatedAt: string | null;
  modelProvider: string;
  cwd: string;
  cliVersion: string;
  source: SessionSource;
  gitInfo: ConversationGitInfo | null;
}

/** By its file. @inline */
export interface RolloutPathSummaryParams {
  rolloutPath: string;
}

/** By its id. @inline */
export interface ConversationIdSummaryParams {
  conversationId: ThreadId;
}

/** Finds a conversation by id, or by its file (relative: under CODEX_HOME). */
export type GetConversationSummaryParams = RolloutPathSummaryParams | ConversationIdSummaryParams;

/** The stored conversation. */
export interface GetConversationSummaryResponse {
  summary: ConversationSummary;
}

/** Lists stored conversations, last updated first. */
export interface ListConversationsParams {
  pageSize?: Uint | null;
  cursor?: string | null;
  modelProviders?: string[] | null;
}

/** A page of conversations. */
export interface ListConversationsResponse {
  items: ConversationSummary[];
  nextCursor: string | null;
}

/** Loads a conversation: from the file at `path`, else by id, else from `history`. */
export interface ResumeConversationParams {
  path?: string | null;
  conversationId?: ThreadId | null;
  history?: ResponseItem[] | null;
  overrides?: NewConversationParams | null;
}

/** The loaded conversation; nobody is subscribed to it yet. */
export interface ResumeConversationResponse {
  conversationId: ThreadId;
  model: string;
  initialMessages: EventMsg[] | null;
  rolloutPath: string;
}

/** Copies a stored conversation into a new one. */
export interface ForkConversationParams {
  path?: string | null;
  conversationId?: ThreadId | null;
  overrides?: NewConversationParams | null;
}

/** The new conversation; nobody is subscribed to it yet. */
export interface ForkConversationResponse {
  conversationId: ThreadId;
  model: string;
  initialMessages: EventMsg[] | null;
  rolloutPath: string;
}

/** Moves a conversation's file to the archive. */
export interface ArchiveConversationParams {
  conversationId: ThreadId;
  rolloutPath: string;
}

/** Nothing to say. */
export type ArchiveConversationResponse = Record<string, unknown>;

/** Subscribes to a conversation. */
export interface AddConversationListenerParams {
  conversationId: ThreadId;
  /** @default false */
  experimentalRawEvents?: boolean;
}

/** The subscription. */
export interface AddConversationSubscriptionResponse {
  subscriptionId: string;
}

/** Ends a subscription. */
export interface RemoveConversationListenerParams {
  subscriptionId: string;
}

/** Nothing to say. */
export type RemoveConversationSubscriptionResponse = Record<string, unknown>;

/** Half-open range of UTF-8 bytes. */
export interface V1ByteRange {
  end: Uint;
  start: Uint;
}

/** A stretch of the text that a client shows as one unit. */
export interface V1TextElement {
  byteRange: V1ByteRange;
  placeholder?: string | null;
}

/** Text, with marked ranges. @inline */
export interface TextInputItem {
  type: "text";
  data: {
    text: string;
    /** @default [] */
    text_elements?: V1TextElement[];
  };
}

/** An image by address. @inline */
export interface ImageInputItem {
  type: "image";
  data: {
    image_url: string;
  };
}

/** An image file on the server's machine. @inline */
export interface LocalImageInputItem {
  type: "localImage";
  data: {
    path: string;
  };
}

/** One part of a user message. */
export type InputItem = TextInputItem | ImageInputItem | LocalImageInputItem;

/** Sends a message with the settings as they are. */
export interface SendUserMessageParams {
  conversationId: ThreadId;
  items: InputItem[];
}

/** The message is queued. */
export type SendUserMessageResponse = Record<string, unknown>;

/** Sends a message with settings that stay. */
export interface SendUserTurnParams {
  conversationId: ThreadId;
  items: InputItem[];
  cwd: string;
  approvalPolicy: ApprovalPolicy;
  sandboxPolicy: SandboxPolicy;
  model: string;
  effort?: ReasoningEffort | null;
  summary: ReasoningSummary;
  outputSchema?: unknown;
}

/** The message is queued. */
export type SendUserTurnResponse = Record<string, unknown>;

/** Stops the running turn. */
export interface InterruptConversationParams {
  conversationId: ThreadId;
}

/** The turn is stopped. */
export interface InterruptConversationResponse {
  abortReason: AbortReason;
}

/** A conversation was resumed; sent before the reply. */
export interface SessionConfiguredNotification {
  sessionId: ThreadId;
  model: string;
  reasoningEffort: ReasoningEffort | null;
  historyLogId: Uint64;
  historyEntryCount: Uint;
  initialMessages: EventMsg[] | null;
  rolloutPath: string;
}
