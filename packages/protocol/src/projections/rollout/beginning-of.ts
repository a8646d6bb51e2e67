/** How an item looked when it began, from how it ended. */

import type { ThreadItem } from "../../items.js";

/** @returns the item without its outcome: no text, no result, in progress */
export function beginningOf(item: ThreadItem): ThreadItem {
  switch (item.type) {
    case "userMessage":
    case "imageView":
      return item;
    case "agentMessage":
      return { ...item, text: "" };
    case "reasoning":
      return { ...item, summary: [], raw: [] };
    case "webSearch":
      return { ...item, query: "" };
    case "command":
      return { ...item, status: "inProgress", result: null };
    case "fileChange":
      return { ...item, status: "inProgress", stdout: "", stderr: "" };
    case "mcpCall":
      return { ...item, status: "inProgress", result: null, error: null, durationMs: null };
    case "review":
      return { ...item, status: "inProgress", output: null };
    case "subAgent":
      return { ...item, status: "inProgress", states: {} };
  }
}
