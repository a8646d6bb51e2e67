/** Credentials: auth.json, keyring, API keys, ChatGPT login and token refresh. */

export {};
