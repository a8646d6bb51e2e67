/** Builds the messages that the program writes into a conversation. */

import type { MessageItem } from "@codex-ts/protocol";

/** A message with the developer's authority. */
export function developerMessage(text: string): MessageItem {
  return { type: "message", role: "developer", content: [{ type: "input_text", text }] };
}

/** A message in the user's role. */
export function userMessage(text: string): MessageItem {
  return { type: "message", role: "user", content: [{ type: "input_text", text }] };
}

/** An assistant message, as if the model had said it. */
export function assistantMessage(text: string): MessageItem {
  return { type: "message", role: "assistant", content: [{ type: "output_text", text }] };
}
