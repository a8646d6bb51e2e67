// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { WebSearchAction } from "./WebSearchAction";

/** A search that the server ran. */
export type WebSearchItem = {
  id: string,
  query: string,
  action: WebSearchAction,
};
