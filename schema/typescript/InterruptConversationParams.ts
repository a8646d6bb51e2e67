// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadId } from "./ThreadId";

/** Stops the running turn. */
export type InterruptConversationParams = {
  conversationId: ThreadId,
};
