// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Signed in. */
export type LoginApiKeyResponse = Record<string, never>;
