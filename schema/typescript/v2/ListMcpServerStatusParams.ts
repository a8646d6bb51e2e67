// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Lists the configured servers. */
export type ListMcpServerStatusParams = {
  cursor?: string | null,
  limit?: number | null,
};
