// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Who a piece of content is meant for. */
export type Role = "assistant" | "user";
