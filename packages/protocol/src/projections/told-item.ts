/** An item of the conversation as session files and raw events have it. Pure. */

import type { ResponseItem } from "../response-items.js";

/** @returns the item without the server's id, which means nothing elsewhere; of reasoning, what is absent is null */
export function toldItem(item: ResponseItem): ResponseItem {
  if (item.type === "reasoning") {
    const { type, summary, content = null, encrypted_content = null } = item;
    return { type, summary, content, encrypted_content };
  }
  if (!("id" in item)) return item;
  const { id: _id, ...rest } = item;
  return rest;
}
