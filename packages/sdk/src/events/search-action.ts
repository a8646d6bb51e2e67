/** A search's action with what is absent left out. */

import type { WebSearchAction } from "@codex-ts/protocol";

/** The action as lines show it. */
export function searchAction(action: WebSearchAction): WebSearchAction {
  const present = Object.entries(action).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(present) as WebSearchAction;
}
