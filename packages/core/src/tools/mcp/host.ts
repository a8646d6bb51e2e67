/** What a session's MCP servers tell it, as notices; and how a turn waits for them. */

import type { McpHost } from "@codex-ts/mcp-client";
import { developerMessage } from "../../instructions/messages.js";
import type { Session } from "../../session/session.js";
import { throwIfAborted, type Turn } from "../../turn/turn.js";
import { toolSetFor } from "../tool-set.js";
import { askAnytime } from "./elicitation.js";

/** Begins to start the servers of a session; returns at once. */
export function startMcpServers(session: Session): void {
  const host: McpHost = {
    startup: (server, status) => session.emit({ type: "notice", notice: { kind: "mcpStartup", server, status } }, null),
    startupComplete: (ready, failed, cancelled) =>
      session.emit({ type: "notice", notice: { kind: "mcpStartupComplete", ready, failed, cancelled } }, null),
    elicit: askAnytime(session),
    warn: (message) => session.warn(message, null),
  };
  session.services.mcp.start(host);
}

/**
 * Waits for the servers, but not for long: the turn goes on with the tools that are there, and whoever is late is told of.
 * @throws {TurnAborted}
 */
export async function joinMcpServers(turn: Turn): Promise<void> {
  const { session, settings, signal } = turn;
  const sandbox = { sandboxPolicy: settings.sandboxPolicy, sandboxCwd: settings.cwd };
  const late = await session.services.mcp.ready(sandbox, signal);
  throwIfAborted(signal);
  turn.tools = toolSetFor(session, turn.model);
  if (late.length === 0) return;
  const names = late.map((name) => `\`${name}\``).join(", ");
  session.warn(
    `MCP servers that are still starting: ${names}. Their tools can be used from the next message on.`,
    turn.id,
  );
  const told = `These MCP servers are still starting, so their tools are missing for now: ${names}. Do without them until they appear.`;
  turn.pending.push({
    kind: "item",
    item: developerMessage(`<mcp_servers_starting>\n${told}\n</mcp_servers_starting>`),
  });
}
