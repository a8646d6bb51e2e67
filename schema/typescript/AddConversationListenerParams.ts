// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadId } from "./ThreadId";

/** Subscribes to a conversation. */
export type AddConversationListenerParams = {
  conversationId: ThreadId,
  experimentalRawEvents?: boolean,
};
