// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Oldest or newest first. */
export type SortDirection = "asc" | "desc";
