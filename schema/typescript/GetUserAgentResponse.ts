// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What the server calls itself. */
export type GetUserAgentResponse = {
  userAgent: string,
};
