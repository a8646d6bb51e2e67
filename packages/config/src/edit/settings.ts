/** Edits that programs make on the user's behalf: model, trust, skills, MCP servers. Pure: they only say what to change. */

import type { Personality, ReasoningEffort } from "@codex-ts/protocol";
import type { TrustLevel } from "../layers/layer.js";
import type { McpServerConfig } from "../schema/mcp-server.js";
import type { Json, TomlTable } from "../toml/nodes.js";
import { valueAt, type NodePath } from "./layout.js";
import type { ConfigEdit } from "./plan.js";

/** What to remember about the model; null forgets, absent leaves alone. */
export interface ModelSettingsChange {
  readonly model?: string | null;
  readonly reasoningEffort?: ReasoningEffort | null;
  readonly personality?: Personality | null;
}

/**
 * Remembers model settings where they have an effect: in the active profile if there is one, else at the top level.
 * @param profile the profile in use; null: the one that the file names
 */
export function modelEdits(current: TomlTable, profile: string | null, change: ModelSettingsChange): ConfigEdit[] {
  const named = current.entries.get("profile")?.value;
  const active = profile ?? (named?.kind === "string" ? named.value : null);
  const scope: NodePath = active === null ? [] : ["profiles", active];
  return [
    ...setOrForget([...scope, "model"], change.model),
    ...setOrForget([...scope, "model_reasoning_effort"], change.reasoningEffort),
    ...setOrForget([...scope, "model_personality"], change.personality),
  ];
}

/** Remembers a decision about a project. */
export function trustEdits(project: string, level: TrustLevel): ConfigEdit[] {
  return [{ kind: "set", path: ["projects", project, "trust_level"], value: level }];
}

/**
 * Switches a skill off, or on again. Off is an entry in `skills.config`, on is its absence.
 * @param canonical gives the real path of a path in the file
 */
export function skillEdits(
  current: TomlTable,
  path: string,
  enabled: boolean,
  canonical: (path: string) => string = (each) => each,
): ConfigEdit[] {
  const config = valueAt(current, ["skills", "config"]);
  const items = config?.kind === "array" ? config.items : [];
  const indexes = items.flatMap((item, index) => {
    const at = valueAt(current, ["skills", "config", index, "path"]);
    return item.kind === "table" && at?.kind === "string" && canonical(at.value) === path ? [index] : [];
  });
  if (enabled) {
    const removals = indexes
      .reverse()
      .map((index): ConfigEdit => ({ kind: "remove", path: ["skills", "config", index] }));
    const nothingLeft = indexes.length > 0 && indexes.length === items.length;
    return nothingLeft ? [...removals, { kind: "remove", path: ["skills", "config"] }] : removals;
  }
  const [first] = indexes;
  return first === undefined
    ? [{ kind: "set", path: ["skills", "config", items.length], value: { path, enabled: false } }]
    : [{ kind: "set", path: ["skills", "config", first, "enabled"], value: false }];
}

/**
 * Adds or replaces one MCP server; the others are not touched.
 * @throws never; check the name with `isMcpServerName` first
 */
export function mcpServerEdits(name: string, server: McpServerConfig): ConfigEdit[] {
  return [{ kind: "set", path: ["mcp_servers", name], value: mcpServerJson(server) }];
}

/** Removes one MCP server. */
export function mcpServerRemoval(name: string): ConfigEdit[] {
  return [{ kind: "remove", path: ["mcp_servers", name] }];
}

/** Whether a name can be given to an MCP server: letters, digits, `-` and `_`. */
export function isMcpServerName(name: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(name);
}

/** A server as config.toml has it: only what is set, in the order in which people expect it. */
export function mcpServerJson(server: McpServerConfig): { [key: string]: Json } {
  const { transport } = server;
  const own: [string, Json | null][] =
    transport.type === "stdio"
      ? [
          ["command", transport.command],
          ["args", nonEmpty(transport.args)],
          ["env_vars", nonEmpty(transport.envVars)],
          ["cwd", transport.cwd],
        ]
      : [
          ["url", transport.url],
          ["bearer_token_env_var", transport.bearerTokenEnvVar],
        ];
  const tables: [string, Json | null][] =
    transport.type === "stdio"
      ? [["env", sorted(transport.env)]]
      : [
          ["http_headers", sorted(transport.httpHeaders)],
          ["env_http_headers", sorted(transport.envHttpHeaders)],
        ];
  const shared: [string, Json | null][] = [
    ["enabled", server.enabled || server.disabledReason !== null ? null : false],
    ["startup_timeout_sec", server.startupTimeoutSec],
    ["tool_timeout_sec", server.toolTimeoutSec],
    ["enabled_tools", copied(server.enabledTools)],
    ["disabled_tools", copied(server.disabledTools)],
    ["scopes", copied(server.scopes)],
  ];
  return Object.fromEntries([...own, ...shared, ...tables].filter(([, value]) => value !== null));
}

function setOrForget(path: NodePath, value: string | null | undefined): ConfigEdit[] {
  if (value === undefined) {
    return [];
  }
  return [value === null ? { kind: "remove", path } : { kind: "set", path, value }];
}

function nonEmpty(list: readonly string[]): Json | null {
  return list.length === 0 ? null : [...list];
}

function copied(list: readonly string[] | null): Json | null {
  return list === null ? null : [...list];
}

function sorted(table: Readonly<Record<string, string>> | null): Json | null {
  const entries = Object.entries(table ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? null : Object.fromEntries(entries);
}
