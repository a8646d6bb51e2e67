/** Writes a conversation as Chat Completions messages. Pure. */

import type { ContentItem, ReasoningItem, ResponseItem } from "@codex-ts/protocol";

/** A message as JSON. */
export interface ChatMessage {
  role: string;
  content: string | ChatPart[] | null;
  tool_calls?: ChatToolCall[];
  tool_call_id?: string;
  reasoning?: string;
}

/** A part of a message with images. */
export type ChatPart = { type: "text"; text: string } | { type: "image_url"; image_url: { url: string } };

/** A call as the model made it. */
export type ChatToolCall = { id: string } & Readonly<Record<string, unknown>>;

/** The system message, then the conversation; consecutive calls share a message. */
export function chatMessages(instructions: string, input: readonly ResponseItem[]): ChatMessage[] {
  const messages: ChatMessage[] = [{ role: "system", content: instructions }];
  const reasoningAt = reasoningByItem(input);
  let lastAssistantText: string | null = null;
  input.forEach((item, index) => {
    const reasoning = reasoningAt.get(index);
    switch (item.type) {
      case "message": {
        const content = messageContent(item.role, item.content);
        if (item.role === "assistant" && content === lastAssistantText) return;
        if (item.role === "assistant" && typeof content === "string") lastAssistantText = content;
        messages.push({ role: item.role, content, ...(reasoning === undefined ? {} : { reasoning }) });
        return;
      }
      case "function_call": {
        const call = { name: item.name, arguments: item.arguments };
        addCall(messages, { id: item.call_id, type: "function", function: call }, reasoning);
        return;
      }
      case "custom_tool_call": {
        const call = { name: item.name, input: item.input };
        addCall(messages, { id: item.call_id, type: "custom", custom: call }, reasoning);
        return;
      }
      case "local_shell_call": {
        const id = item.call_id ?? item.id ?? "";
        addCall(messages, { id, type: "local_shell_call", status: item.status, action: item.action }, reasoning);
        return;
      }
      case "function_call_output":
      case "custom_tool_call_output": {
        const content = typeof item.output === "string" ? item.output : item.output.map(chatPart);
        messages.push({ role: "tool", tool_call_id: item.call_id, content });
        return;
      }
      case "reasoning":
      case "web_search_call":
      case "ghost_snapshot":
      case "compaction":
      case "other":
        return;
    }
  });
  return messages;
}

function messageContent(role: string, content: readonly ContentItem[]): string | ChatPart[] {
  const hasImage = content.some((part) => part.type === "input_image");
  if (hasImage && role !== "assistant") return content.map(chatPart);
  return content.map((part) => (part.type === "input_image" ? "" : part.text)).join("");
}

function chatPart(part: ContentItem): ChatPart {
  if (part.type === "input_image") return { type: "image_url", image_url: { url: part.image_url } };
  return { type: "text", text: part.text };
}

function addCall(messages: ChatMessage[], call: ChatToolCall, reasoning: string | undefined): void {
  const last = messages.at(-1);
  if (last?.tool_calls !== undefined) {
    last.tool_calls.push(call);
    if (reasoning !== undefined) last.reasoning = (last.reasoning ?? "") + reasoning;
    return;
  }
  const extra = reasoning === undefined ? {} : { reasoning };
  messages.push({ role: "assistant", content: null, tool_calls: [call], ...extra });
}

/**
 * Which item each raw reasoning text goes out with: the assistant's message right before it, else the message or call
 * right after. Only reasoning of the unfinished turn is sent: once the user spoke again, servers drop it anyway.
 */
function reasoningByItem(input: readonly ResponseItem[]): Map<number, string> {
  const found = new Map<number, string>();
  const lastUser = input.findLastIndex((item) => item.type === "message" && item.role === "user");
  if (lastEmitted(input) === lastUser) return found;
  input.forEach((item, index) => {
    if (item.type !== "reasoning" || index < lastUser) return;
    const text = rawText(item);
    const target = [index - 1, index + 1].find((at, n) => speaks(input[at], n === 1));
    if (text !== "" && target !== undefined) found.set(target, (found.get(target) ?? "") + text);
  });
  return found;
}

function lastEmitted(input: readonly ResponseItem[]): number {
  const silent = new Set<ResponseItem["type"]>([
    "reasoning",
    "web_search_call",
    "ghost_snapshot",
    "compaction",
    "other",
  ]);
  return input.findLastIndex((item) => !silent.has(item.type));
}

function speaks(item: ResponseItem | undefined, orCalls: boolean): boolean {
  if (item === undefined) return false;
  if (item.type === "message") return item.role === "assistant";
  return orCalls && (item.type === "function_call" || item.type === "local_shell_call");
}

function rawText(item: ReasoningItem): string {
  return (item.content ?? []).map((part) => part.text).join("");
}
