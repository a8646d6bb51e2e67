/** Ignore-aware file walk and fuzzy path search with incremental answers. */

export {};
