// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Signs in. */
export type LoginAccountParams = {
  type: "apiKey",
  apiKey: string,
} | {
  type: "chatgpt",
};
