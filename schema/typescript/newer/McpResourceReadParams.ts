// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Reads a resource of a server. */
export type McpResourceReadParams = {
  threadId?: string | null,
  server: string,
  uri: string,
};
