/** Threads of one or more messages. */

import type { TurnStartParams } from "@codex-ts/app-server-protocol";
import type { AppServerClient } from "../client/app-server-client.js";
import type { ServerMessage } from "../client/message-queue.js";

/** Something that the read-only sandbox does not let through. */
export const COMMAND_PROMPT = "Run `touch /tmp/should-trigger-approval` so that I can confirm that the file exists.";

/** A change that the read-only sandbox does not let through. */
export const PATCH_PROMPT =
  "Create a file named APPROVAL_DEMO.txt that contains a short hello message, using apply_patch.";

/** Sends the messages one after the other in a new thread, each when the turn before has ended. */
export async function sendMessages(
  client: AppServerClient,
  messages: readonly string[],
  settings: Pick<TurnStartParams, "approvalPolicy" | "sandboxPolicy"> = {},
): Promise<void> {
  const { thread } = await client.request("thread/start", {});
  for (const text of messages) await sendMessage(client, thread.id, text, settings);
}

/** Starts a turn and follows it to its end. */
export async function sendMessage(
  client: AppServerClient,
  threadId: string,
  text: string,
  settings: Partial<TurnStartParams> = {},
): Promise<void> {
  const input = [{ type: "text" as const, text, text_elements: [] }];
  const { turn } = await client.request("turn/start", { ...settings, threadId, input });
  await client.next((message) => turnIn(message) === turn.id);
}

/** The id of the turn whose end this is; null for other messages. */
function turnIn({ method, params }: ServerMessage): string | null {
  if (method !== "turn/completed" || typeof params !== "object" || params === null || !("turn" in params)) return null;
  const { turn } = params;
  return typeof turn === "object" && turn !== null && "id" in turn ? String(turn.id) : null;
}
