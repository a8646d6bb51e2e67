/** An item of the conversation as others are told of it: without the id that its server gave it, which means nothing elsewhere. Pure. */

import type { ResponseItem } from "../response-items.js";

/** @returns the item without the server's id */
export function toldItem(item: ResponseItem): ResponseItem {
  if (!("id" in item)) return item;
  const { id: _id, ...rest } = item;
  return rest;
}
