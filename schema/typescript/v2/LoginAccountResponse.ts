// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What to do next: nothing, or to open an address. */
export type LoginAccountResponse = {
  type: "apiKey",
} | {
  type: "chatgpt",
  loginId: string,
  authUrl: string,
};
