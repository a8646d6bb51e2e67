// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ClientCapabilities } from "./ClientCapabilities";
import type { ClientInfo } from "./ClientInfo";

/** The first request of every connection. */
export type InitializeParams = {
  clientInfo: ClientInfo,
  /** (since 0.169) */
  capabilities?: ClientCapabilities | null,
};
