/** Words what a web search did, for people. */

import type { WebSearchAction } from "@codex-ts/protocol";

/** The query, the URL, or `'pattern' in URL`. */
export function searchDisplay(action: WebSearchAction): string {
  switch (action.type) {
    case "search":
      return action.query ?? "";
    case "open_page":
      return action.url ?? "";
    case "find_in_page":
      if (action.pattern && action.url) return `'${action.pattern}' in ${action.url}`;
      return action.pattern ? `'${action.pattern}'` : (action.url ?? "");
    case "other":
      return "";
  }
}
