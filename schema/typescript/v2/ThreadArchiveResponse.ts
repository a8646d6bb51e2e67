// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Nothing to say. */
export type ThreadArchiveResponse = Record<string, never>;
