/** Core's events as the updates of a session. */

import type { SessionUpdate } from "@agentclientprotocol/sdk";
import { renderReview, type ThreadEvent, type ThreadItem, type UserInput } from "@codex-ts/protocol";
import { isCall, toolCallOf } from "./tool-calls.js";

/** Turns events into updates; knows which texts were told already. */
export class UpdateProjection {
  /** Items whose text was told piece by piece. */
  readonly #streamed = new Set<string>();
  /** Tokens of the context when it was last told. */
  #used: number | null = null;

  /** The updates for an event; mostly none or one. */
  take(event: ThreadEvent): SessionUpdate[] {
    switch (event.type) {
      case "item.started":
        return isCall(event.item) ? [{ sessionUpdate: "tool_call", ...toolCallOf(event.item) }] : [];
      case "item.delta":
        return this.#delta(event.itemId, event.delta);
      case "item.ended":
        return this.#ended(event.item);
      case "turn.plan": {
        const entries = event.plan.plan.map(({ step, status }) => ({
          content: step,
          priority: "medium" as const,
          status,
        }));
        return [{ sessionUpdate: "plan", entries }];
      }
      case "usage": {
        const size = event.usage?.model_context_window;
        const used = event.usage?.last_token_usage.total_tokens;
        if (used === undefined || size === null || size === undefined || used === this.#used) return [];
        this.#used = used;
        return [{ sessionUpdate: "usage_update", used, size }];
      }
      case "notice":
        return event.notice.kind === "warning" ? [thought(`Warning: ${event.notice.message}\n\n`)] : [];
      default:
        return [];
    }
  }

  #delta(itemId: string, delta: Extract<ThreadEvent, { type: "item.delta" }>["delta"]): SessionUpdate[] {
    switch (delta.kind) {
      case "text":
        this.#streamed.add(itemId);
        return [said(delta.text)];
      case "reasoningSummary":
        this.#streamed.add(itemId);
        return [thought(delta.text)];
      case "reasoningSection":
        return delta.summaryIndex === 0 ? [] : [thought("\n\n")];
      case "reasoningRaw":
      case "commandOutput":
      case "terminalInput":
        return [];
    }
  }

  #ended(item: ThreadItem): SessionUpdate[] {
    if (isCall(item)) return [{ sessionUpdate: "tool_call_update", ...toolCallOf(item) }];
    // an editor shows what it sent itself
    if (item.type === "userMessage" || this.#streamed.delete(item.id)) return [];
    return textUpdates(item);
  }
}

/** An item of a session that is loaded, told at once. */
export function storedUpdates(item: ThreadItem): SessionUpdate[] {
  return isCall(item) ? [{ sessionUpdate: "tool_call", ...toolCallOf(item) }] : textUpdates(item);
}

// helpers

function textUpdates(item: ThreadItem): SessionUpdate[] {
  switch (item.type) {
    case "userMessage":
      return item.content.map((part) => ({ sessionUpdate: "user_message_chunk", content: blockOf(part) }));
    case "agentMessage":
      return item.text === "" ? [] : [said(item.text)];
    case "reasoning":
      return item.summary.length === 0 ? [] : [thought(item.summary.join("\n\n"))];
    case "review":
      return item.output === null ? [] : [said(renderReview(item.output))];
    default:
      return [];
  }
}

function blockOf(part: UserInput): Extract<SessionUpdate, { sessionUpdate: "user_message_chunk" }>["content"] {
  switch (part.type) {
    case "text":
      return { type: "text", text: part.text };
    case "image": {
      const [, mimeType, data] = /^data:([^;,]+);base64,(.*)$/s.exec(part.image_url) ?? [];
      if (mimeType === undefined || data === undefined) return { type: "text", text: part.image_url };
      return { type: "image", mimeType, data };
    }
    case "local_image":
    case "skill":
      return { type: "text", text: part.path };
  }
}

function said(text: string): SessionUpdate {
  return { sessionUpdate: "agent_message_chunk", content: { type: "text", text } };
}

function thought(text: string): SessionUpdate {
  return { sessionUpdate: "agent_thought_chunk", content: { type: "text", text } };
}
