// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What a web search did. */
export type WebSearchAction = {
  type: "search",
  query?: string | null,
} | {
  type: "open_page",
  url?: string | null,
} | {
  type: "find_in_page",
  url?: string | null,
  pattern?: string | null,
} | {
  type: "other",
};
