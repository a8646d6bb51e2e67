// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { McpAuthStatus } from "./McpAuthStatus";
import type { Resource } from "../Resource";
import type { ResourceTemplate } from "../ResourceTemplate";
import type { Tool } from "../Tool";

/** A server and what it offers. */
export type McpServerStatus = {
  name: string,
  /** By tool name. */
  tools: { [key in string]?: Tool },
  resources: Array<Resource>,
  resourceTemplates: Array<ResourceTemplate>,
  authStatus: McpAuthStatus,
};
