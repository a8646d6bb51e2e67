/** Events of what person and model say: messages, reasoning, and the items they belong to. */

import type { ThreadId } from "../ids.js";
import type { Int64 } from "../numbers.js";
import type { ResponseItem, WebSearchAction } from "../response-items.js";
import type { TextElement, UserInput } from "../user-input.js";

/** The user's message as one text, with what else it held. */
export interface UserMessageEvent {
  /** The text parts, joined without separator. */
  message: string;
  /** Addresses (data or http URLs) of the images among the parts. */
  images?: string[] | null;
  /** Paths of the local images among the parts; kept so that a client can show and edit them again. @default [] */
  local_images?: string[];
  /** Marked ranges, in bytes of `message`. @default [] */
  text_elements?: TextElement[];
}

/** A complete message of the model. */
export interface AgentMessageEvent {
  message: string;
}

/** The next piece of a message. */
export interface AgentMessageDeltaEvent {
  delta: string;
}

/** A complete summary paragraph of the model's reasoning. */
export interface AgentReasoningEvent {
  text: string;
}

/** The next piece of a summary. */
export interface AgentReasoningDeltaEvent {
  delta: string;
}

/** A complete raw reasoning text; only with `show_raw_agent_reasoning`. */
export interface AgentReasoningRawContentEvent {
  text: string;
}

/** The next piece of raw reasoning; sent whatever that setting says. */
export interface AgentReasoningRawContentDeltaEvent {
  delta: string;
}

/** A new summary paragraph begins. */
export interface AgentReasoningSectionBreakEvent {
  /** @default "" */
  item_id?: string;
  /** @default 0 */
  summary_index?: Int64;
}

/** What the user sent. @wire UserMessageItem */
export interface LegacyUserMessageItem {
  id: string;
  content: UserInput[];
}

/** A part of a message of the model. */
export interface AgentMessageContent {
  type: "Text";
  text: string;
}

/** What the model said. @wire AgentMessageItem */
export interface LegacyAgentMessageItem {
  id: string;
  content: AgentMessageContent[];
}

/** What the model thought. @wire ReasoningItem */
export interface LegacyReasoningItem {
  id: string;
  summary_text: string[];
  /** @default [] */
  raw_content?: string[];
}

/** A search that the server ran. @wire WebSearchItem */
export interface LegacyWebSearchItem {
  id: string;
  query: string;
  action: WebSearchAction;
}

/** Items of the older language; tags are PascalCase there. */
export type TurnItem =
  | ({ type: "UserMessage" } & LegacyUserMessageItem)
  | ({ type: "AgentMessage" } & LegacyAgentMessageItem)
  | ({ type: "Reasoning" } & LegacyReasoningItem)
  | ({ type: "WebSearch" } & LegacyWebSearchItem);

/** An item begins. */
export interface ItemStartedEvent {
  thread_id: ThreadId;
  turn_id: string;
  item: TurnItem;
}

/** An item is complete. */
export interface ItemCompletedEvent {
  thread_id: ThreadId;
  turn_id: string;
  item: TurnItem;
}

/** The next piece of a message, with the item it belongs to. */
export interface AgentMessageContentDeltaEvent {
  thread_id: string;
  turn_id: string;
  item_id: string;
  delta: string;
}

/** The next piece of a reasoning summary, with the item it belongs to. */
export interface ReasoningContentDeltaEvent {
  thread_id: string;
  turn_id: string;
  item_id: string;
  delta: string;
  /** @default 0 */
  summary_index?: Int64;
}

/** The next piece of raw reasoning, with the item it belongs to. */
export interface ReasoningRawContentDeltaEvent {
  thread_id: string;
  turn_id: string;
  item_id: string;
  delta: string;
  /** @default 0 */
  content_index?: Int64;
}

/** An item of the model's conversation as it was recorded. */
export interface RawResponseItemEvent {
  item: ResponseItem;
}
