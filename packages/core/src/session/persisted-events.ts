/** Which events a session file keeps, in the older language that its readers know. Pure. */

import type { EventMsg, ThreadEventBody, ThreadItem, UserInput } from "@codex-ts/protocol";

/** What decides beside the event itself. */
export interface PersistenceOptions {
  /** Keep raw reasoning, too. */
  rawReasoning: boolean;
}

/** The events to keep, in order; mostly none. */
export function persistedEvents(body: ThreadEventBody, options: PersistenceOptions): EventMsg[] {
  switch (body.type) {
    case "item.started":
      return body.item.type === "review"
        ? [{ type: "entered_review_mode", target: body.item.target, user_facing_hint: body.item.hint }]
        : [];
    case "item.ended":
      return endedItem(body.item, options);
    case "usage":
      return [{ type: "token_count", info: body.usage, rate_limits: body.rateLimits }];
    case "turn.ended":
      return body.outcome.kind === "interrupted" ? [{ type: "turn_aborted", reason: body.outcome.reason }] : [];
    case "notice":
      switch (body.notice.kind) {
        case "compacted":
          return [{ type: "context_compacted" }];
        case "rolledBack":
          return [{ type: "thread_rolled_back", num_turns: body.notice.numTurns }];
        case "undoCompleted":
          return [{ type: "undo_completed", success: body.notice.success, message: body.notice.message }];
        default:
          return [];
      }
    default:
      return [];
  }
}

function endedItem(item: ThreadItem, { rawReasoning }: PersistenceOptions): EventMsg[] {
  switch (item.type) {
    case "userMessage":
      return [userMessageEvent(item.content)];
    case "agentMessage":
      return item.text === "" ? [] : [{ type: "agent_message", message: item.text }];
    case "reasoning":
      return [
        ...item.summary.map((text): EventMsg => ({ type: "agent_reasoning", text })),
        ...(rawReasoning ? item.raw.map((text): EventMsg => ({ type: "agent_reasoning_raw_content", text })) : []),
      ];
    case "review":
      return [{ type: "exited_review_mode", review_output: item.output }];
    default:
      return [];
  }
}

/** One text without separators; ranges of elements are moved to where their part begins in it. */
function userMessageEvent(content: readonly UserInput[]): EventMsg {
  let message = "";
  let offset = 0;
  const elements = [];
  for (const part of content) {
    if (part.type !== "text") continue;
    for (const element of part.text_elements ?? []) {
      const { start, end } = element.byte_range;
      elements.push({ ...element, byte_range: { start: start + offset, end: end + offset } });
    }
    message += part.text;
    offset += Buffer.byteLength(part.text, "utf8");
  }
  return {
    type: "user_message",
    message,
    images: content.flatMap((part) => (part.type === "image" ? [part.image_url] : [])),
    local_images: content.flatMap((part) => (part.type === "local_image" ? [part.path] : [])),
    text_elements: elements,
  };
}
