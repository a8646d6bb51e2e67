// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { RequestId } from "./RequestId";

/** An MCP server asks the user something. */
export type ElicitationRequestEvent = {
  server_name: string,
  id: RequestId,
  message: string,
};
