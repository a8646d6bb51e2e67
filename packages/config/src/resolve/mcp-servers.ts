/** Reads MCP servers that a client sends in the form of config.toml. */

import { mcpServer, type McpServerConfig } from "../schema/mcp-server.js";
import { readTable } from "../schema/read.js";
import { map } from "../schema/shapes.js";
import { jsonToToml, type Json, type TomlSource } from "../toml/nodes.js";
import { ConfigError } from "../errors.js";
import { applyMcpRequirement, type Requirements } from "./requirements.js";

/**
 * The servers, those that the administrator does not allow switched off. Members that are null count as absent.
 * @throws ConfigError of kind `schema`
 */
export function readMcpServers(
  servers: Readonly<Record<string, unknown>>,
  requirement: Requirements["mcpServers"],
): ReadonlyMap<string, McpServerConfig> {
  const source: TomlSource = { file: null, text: "", folder: null, layer: null };
  const table = jsonToToml(asJson(servers), source);
  if (table.kind !== "table") throw new ConfigError("schema", "MCP servers must be a table");
  return applyMcpRequirement(readTable(map(mcpServer), table, (path) => path).value, requirement);
}

function asJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asJson(member)]));
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
