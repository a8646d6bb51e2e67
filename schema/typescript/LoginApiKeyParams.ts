// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Signs in with an API key. */
export type LoginApiKeyParams = {
  apiKey: string,
};
