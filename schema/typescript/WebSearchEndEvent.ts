// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { WebSearchAction } from "./WebSearchAction";

/** A web search ended. */
export type WebSearchEndEvent = {
  call_id: string,
  query: string,
  action: WebSearchAction,
};
