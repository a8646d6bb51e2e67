/** A web search as one text. */

import type { WebSearchAction } from "../response-items.js";

/** @returns what is shown for a search: the query, the address, or what was looked for there */
export function webSearchText(action: WebSearchAction): string {
  switch (action.type) {
    case "search":
      return action.query ?? "";
    case "open_page":
      return action.url ?? "";
    case "find_in_page":
      if (!action.pattern) return action.url ?? "";
      return action.url ? `'${action.pattern}' in ${action.url}` : `'${action.pattern}'`;
    case "other":
      return "";
  }
}
