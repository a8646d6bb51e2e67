// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { FunctionCallOutputContentItem } from "./FunctionCallOutputContentItem";

/** A function's output as the original's schemas describe it; on the wire and in session files it is a text or a list of parts. */
export type FunctionCallOutputPayload = {
  content: string,
  content_items?: Array<FunctionCallOutputContentItem> | null,
  success?: boolean | null,
};
