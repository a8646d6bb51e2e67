// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The kind of credentials in use. */
export type AuthMode = "apikey" | "chatgpt";
