// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Whether a table is replaced or merged. */
export type MergeStrategy = "replace" | "upsert";
