// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ResponseItem } from "./ResponseItem";

/** An item of the model's conversation as it was recorded. */
export type RawResponseItemEvent = {
  item: ResponseItem,
};
