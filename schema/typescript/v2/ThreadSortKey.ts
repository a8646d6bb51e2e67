// GENERATED CODE! DO NOT MODIFY BY HAND!

/** By which time threads are sorted; snake case on the wire. */
export type ThreadSortKey = "created_at" | "updated_at";
