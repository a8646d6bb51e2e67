// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { InputItem } from "./InputItem";
import type { ThreadId } from "./ThreadId";

/** Sends a message with the settings as they are. */
export type SendUserMessageParams = {
  conversationId: ThreadId,
  items: Array<InputItem>,
};
