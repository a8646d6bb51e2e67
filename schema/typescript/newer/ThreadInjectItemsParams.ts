// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { JsonValue } from "../serde_json/JsonValue";

/** Adds items to the conversation without a turn. */
export type ThreadInjectItemsParams = {
  threadId: string,
  /** Items in the form of the Responses API. */
  items: Array<JsonValue>,
};
