// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A web search begins. */
export type WebSearchBeginEvent = {
  call_id: string,
};
