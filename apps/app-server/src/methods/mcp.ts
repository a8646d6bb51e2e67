/** MCP servers: what they offer, new settings for running threads, and logging in to them. */

import { mcpAuthStatusToV2, type McpServerStatus } from "@codex-ts/app-server-protocol";
import type { McpToolsReply } from "@codex-ts/protocol";
import type { Methods } from "../router/call.js";
import { pageOf } from "./page.js";

export const mcpMethods = {
  "mcpServerStatus/list": async (page, { engine }) => {
    const config = await engine.configFor({});
    const names = [...config.mcpServers].filter(([, { enabled }]) => enabled).map(([name]) => name);
    const nothing: McpToolsReply = { tools: {}, resources: {}, resource_templates: {}, auth_statuses: {} };
    return pageOf(statuses(names.sort(), nothing), page, "MCP servers");
  },
} satisfies Methods;

function statuses(names: readonly string[], offered: McpToolsReply): McpServerStatus[] {
  return names.map((name) => ({
    name,
    tools: {},
    resources: offered.resources[name] ?? [],
    resourceTemplates: offered.resource_templates[name] ?? [],
    authStatus: mcpAuthStatusToV2(offered.auth_statuses[name] ?? "unsupported"),
  }));
}
