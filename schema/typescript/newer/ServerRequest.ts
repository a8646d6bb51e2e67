// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { McpServerElicitationRequestParams } from "./McpServerElicitationRequestParams";
import type { RequestId } from "../RequestId";

/** A question that 0.92 does not ask. */
export type ServerRequest = {
  id: RequestId,
  method: "mcpServer/elicitation/request",
  params: McpServerElicitationRequestParams,
};
