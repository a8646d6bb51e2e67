// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The only way of signing in that the configuration allows. */
export type ForcedLoginMethod = "chatgpt" | "api";
