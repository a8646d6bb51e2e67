/** Reads what a tool answered. Pure. */

import type { McpToolResult } from "@codex-ts/protocol";
import { isObject } from "../rpc/messages.js";
import { objectResult } from "../rpc/peer.js";

/** @throws {Error} when it is no answer of a tool */
export function readToolResult(value: unknown): McpToolResult {
  const { content, structuredContent, isError } = objectResult(value);
  return {
    content: Array.isArray(content) ? content.map(sortedKeys) : [],
    ...(structuredContent === undefined || structuredContent === null ? {} : { structuredContent }),
    ...(typeof isError === "boolean" ? { isError } : {}),
  };
}

/** Blocks of content are told with their keys in alphabetical order, so that equal blocks are equal texts. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sortedKeys(member)]));
}
