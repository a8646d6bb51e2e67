/** Items of the model's conversation in the Responses API's form: what is sent, received and stored in session files. */

import type { Uint64 } from "./numbers.js";

/** Text that goes to the model. @inline */
export interface InputText {
  type: "input_text";
  text: string;
}

/** An image that goes to the model: a data URL or http URL. @inline */
export interface InputImage {
  type: "input_image";
  image_url: string;
}

/** Text that came from the model. @inline */
export interface OutputText {
  type: "output_text";
  text: string;
}

/** A part of a message. */
export type ContentItem = InputText | InputImage | OutputText;

/** A part of a tool's output. @wire FunctionCallOutputContentItem */
export type ToolOutputPart = InputText | InputImage;

/** One summary paragraph of a reasoning item. @wire ReasoningItemReasoningSummary */
export interface ReasoningSummaryText {
  type: "summary_text";
  text: string;
}

/** Raw reasoning, where a provider shows it. @wire ReasoningItemContent */
export type ReasoningContent = { type: "reasoning_text"; text: string } | { type: "text"; text: string };

/** A message of any role. @inline */
export interface MessageItem {
  type: "message";
  role: string;
  content: ContentItem[];
  /** The server's id; read, and written back only to providers that need it. */
  id?: string | null;
  end_turn?: boolean | null;
}

/** The model's reasoning; `encrypted_content` lets a stateless server pick it up again. @inline */
export interface ReasoningItem {
  type: "reasoning";
  /** The server's id; not stored in session files. @publishedRequired */
  id?: string;
  summary: ReasoningSummaryText[];
  content?: ReasoningContent[] | null;
  encrypted_content?: string | null;
}

/** How far a built-in shell call is. */
export type LocalShellStatus = "completed" | "in_progress" | "incomplete";

/** The built-in shell tool's call. @inline */
export interface LocalShellCallItem {
  type: "local_shell_call";
  id?: string | null;
  call_id?: string | null;
  status: LocalShellStatus;
  action: LocalShellAction;
}

/** What a built-in shell call wants to run. */
export type LocalShellAction = { type: "exec" } & LocalShellExecAction;

/** A command of the built-in shell tool. */
export interface LocalShellExecAction {
  command: string[];
  timeout_ms?: Uint64 | null;
  working_directory?: string | null;
  env?: Record<string, string> | null;
  user?: string | null;
}

/** A function tool's call; `arguments` is a JSON text, kept as the model wrote it. @inline */
export interface FunctionCallItem {
  type: "function_call";
  id?: string | null;
  name: string;
  arguments: string;
  call_id: string;
}

/** A function tool's output: a text, or parts where images are among them. @published FunctionCallOutputPayload */
export type FunctionCallOutput = string | ToolOutputPart[];

/** A function tool's result. @inline */
export interface FunctionCallOutputItem {
  type: "function_call_output";
  call_id: string;
  output: FunctionCallOutput;
}

/** A freeform tool's call. @inline */
export interface CustomToolCallItem {
  type: "custom_tool_call";
  id?: string | null;
  status?: string | null;
  call_id: string;
  name: string;
  input: string;
}

/** A freeform tool's result. @inline */
export interface CustomToolCallOutputItem {
  type: "custom_tool_call_output";
  call_id: string;
  output: string;
}

/** What a web search did. */
export type WebSearchAction =
  | { type: "search"; query?: string | null }
  | { type: "open_page"; url?: string | null }
  | { type: "find_in_page"; url?: string | null; pattern?: string | null }
  | { type: "other" };

/** A search that the server ran for the model. @inline */
export interface WebSearchCallItem {
  type: "web_search_call";
  id?: string | null;
  status?: string | null;
  action?: WebSearchAction | null;
}

/** The original's undo snapshot; local, never sent to a model. @inline */
export interface GhostSnapshotItem {
  type: "ghost_snapshot";
  ghost_commit: GhostCommit;
}

/** A commit object that holds a work tree; no ref points to it. */
export interface GhostCommit {
  id: string;
  parent?: string | null;
  preexisting_untracked_files: string[];
  preexisting_untracked_dirs: string[];
}

/** A compacted conversation that only the server can read. @inline */
export interface CompactionItem {
  type: "compaction";
  encrypted_content: string;
}

/** Anything this version does not know; neither stored nor sent. @inline */
export interface OtherItem {
  type: "other";
}

/** One item of the conversation. */
export type ResponseItem =
  | MessageItem
  | ReasoningItem
  | LocalShellCallItem
  | FunctionCallItem
  | FunctionCallOutputItem
  | CustomToolCallItem
  | CustomToolCallOutputItem
  | WebSearchCallItem
  | GhostSnapshotItem
  | CompactionItem
  | OtherItem;
