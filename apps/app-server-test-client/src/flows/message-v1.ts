/** A conversation of one message over the deprecated methods. */

import type { AppServerClient } from "../client/app-server-client.js";

/** Sends the message and follows the turn to its end. */
export async function sendMessageV1(client: AppServerClient, text: string): Promise<void> {
  const { conversationId } = await client.request("newConversation", {});
  const subscription = await client.request("addConversationListener", { conversationId });
  const items = [{ type: "text" as const, data: { text } }];
  await client.request("sendUserMessage", { conversationId, items });
  await client.next(({ method }) => method === "codex/event/task_complete" || method === "codex/event/turn_aborted");
  await client.request("removeConversationListener", subscription);
}
