// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A conversation: a UUIDv7. */
export type ThreadId = string;
