// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Nothing to say. */
export type EmptyResult = Record<string, never>;
