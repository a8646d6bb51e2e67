// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A commit's id. */
export type GitSha = string;
