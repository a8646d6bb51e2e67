// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { EventMsg } from "./EventMsg";
import type { ThreadId } from "./ThreadId";

/** The loaded conversation; nobody is subscribed to it yet. */
export type ResumeConversationResponse = {
  conversationId: ThreadId,
  model: string,
  initialMessages: Array<EventMsg> | null,
  rolloutPath: string,
};
