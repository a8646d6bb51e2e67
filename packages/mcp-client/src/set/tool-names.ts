/** Names by which models know the tools of all servers: what providers allow, unique, and stable. Pure. */

import { createHash } from "node:crypto";
import type { McpTool } from "@codex-ts/protocol";
import type { McpToolEntry } from "../contract/connections.js";

/** What providers take. */
const MAX_NAME_BYTES = 64;
const KEPT_OF_LONG_NAMES = 24;

/** `mcp__<server>__<tool>` with everything else than letters, digits, `_` and `-` replaced; long names end in a hash. */
export function qualifiedName(server: string, tool: string): string {
  const raw = `mcp__${server}__${tool}`;
  const clean = raw.replace(/[^A-Za-z0-9_-]/gu, "_");
  if (clean.length <= MAX_NAME_BYTES) return clean;
  return clean.slice(0, KEPT_OF_LONG_NAMES) + createHash("sha1").update(raw).digest("hex");
}

/** The tools of all servers, sorted by name. Of two with the same name the first one is kept. */
export function toolEntries(
  servers: Iterable<{ name: string; tools: readonly McpTool[] }>,
  dropped: (entry: McpToolEntry) => void,
): McpToolEntry[] {
  const entries = new Map<string, McpToolEntry>();
  for (const { name: server, tools } of servers) {
    for (const tool of tools) {
      const entry = { qualifiedName: qualifiedName(server, tool.name), server, tool };
      if (entries.has(entry.qualifiedName)) dropped(entry);
      else entries.set(entry.qualifiedName, entry);
    }
  }
  return [...entries.values()].sort((a, b) => (a.qualifiedName < b.qualifiedName ? -1 : 1));
}
