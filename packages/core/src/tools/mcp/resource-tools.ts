/** The tools by which the model lists and reads what MCP servers have besides tools. They are there without servers, too. */

import type { McpInvocation } from "@codex-ts/protocol";
import type { Turn } from "../../turn/turn.js";
import { optional, parseArguments, required, string, type Fields } from "../arguments.js";
import { functionArguments } from "../shell.js";
import { ToolError, type Tool, type ToolCall } from "../tool.js";
import { asCallItem } from "./call-item.js";

/** Who answers when no server is named. */
const OURSELVES = "codex";

/** The three tools, in the order in which models see them. */
export const resourceTools: readonly Tool[] = [
  listTool({
    name: "list_mcp_resources",
    what: "resources",
    method: "resources/list",
    key: "resources",
    page: async (server, cursor, { session, signal }) => {
      const page = await session.services.mcp.listResources(server, cursor, signal);
      return { entries: page.resources, nextCursor: page.nextCursor };
    },
  }),
  listTool({
    name: "list_mcp_resource_templates",
    what: "resource templates (addresses with places to fill in)",
    method: "resources/templates/list",
    key: "resourceTemplates",
    page: async (server, cursor, { session, signal }) => {
      const page = await session.services.mcp.listResourceTemplates(server, cursor, signal);
      return { entries: page.resourceTemplates, nextCursor: page.nextCursor };
    },
  }),
  readTool(),
];

// helpers

interface List {
  name: string;
  what: string;
  method: string;
  key: string;
  page(server: string, cursor: string | null, turn: Turn): Promise<{ entries: object[]; nextCursor: string | null }>;
}

function listTool(list: List): Tool {
  const parameters = {
    cursor: {
      type: "string",
      description: `Where to go on: the nextCursor of an earlier ${list.name} call for the same server.`,
    },
    server: { type: "string", description: "Name of one MCP server. Without it, all servers are listed." },
  };
  const description = `Lists the ${list.what} that MCP servers offer: files, database schemas and other context. Look here before you search the web.`;
  return {
    names: [list.name],
    parallel: true,
    abortStyle: "plain",
    definition: definition(list.name, description, parameters, []),
    run: async (call, { turn }) => {
      const args = readArguments(call, { cursor: optional(string), server: optional(string) }, true);
      const server = filled(args.server);
      const cursor = filled(args.cursor);
      return await shown(turn, call, server ?? OURSELVES, async () => {
        if (server === null && cursor !== null)
          throw new ToolError("cursor can only be used when a server is specified");
        return server === null ? await listAll(list, turn) : await listOne(list, server, cursor, turn);
      });
    },
  };
}

function readTool(): Tool {
  const name = "read_mcp_resource";
  const parameters = {
    server: { type: "string", description: "Name of the MCP server, as list_mcp_resources gives it." },
    uri: {
      type: "string",
      description: "Address of the resource, as list_mcp_resources gives it or made from a template.",
    },
  };
  return {
    names: [name],
    parallel: true,
    abortStyle: "plain",
    definition: definition(name, "Reads one resource of an MCP server.", parameters, ["server", "uri"]),
    run: async (call, { turn }) => {
      const args = readArguments(call, { server: required(string), uri: required(string) }, false);
      const server = present("server", args.server);
      const uri = present("uri", args.uri);
      return await shown(turn, call, server, async () => {
        const contents = await orToolError("resources/read", () =>
          turn.session.services.mcp.readResource(server, uri, turn.signal),
        );
        return { server, uri, contents: contents.map(sorted) };
      });
    },
  };
}

function definition(
  name: string,
  description: string,
  properties: Record<string, unknown>,
  requiredNames: readonly string[],
): Tool["definition"] {
  const needed = requiredNames.length === 0 ? {} : { required: requiredNames };
  const parameters = { type: "object", properties, ...needed, additionalProperties: false };
  return { type: "function", name, description, strict: false, parameters };
}

/** One page of one server. */
async function listOne(list: List, server: string, cursor: string | null, turn: Turn): Promise<object> {
  const { entries, nextCursor } = await orToolError(list.method, () => list.page(server, cursor, turn));
  const listed = entries.map((entry) => ({ server, ...sorted(entry) }));
  return { server, [list.key]: listed, ...(nextCursor === null ? {} : { nextCursor }) };
}

/** All pages of all servers, by name; servers that fail are left out. */
async function listAll(list: List, turn: Turn): Promise<object> {
  const servers = [...turn.session.services.mcp.servers()].sort();
  const lists = await Promise.allSettled(servers.map((server) => everyPage(list, server, turn)));
  return { [list.key]: lists.flatMap((result) => (result.status === "fulfilled" ? result.value : [])) };
}

/** With the guard against endless lists that the connections themselves have; loaded only where there are servers. */
async function everyPage(list: List, server: string, turn: Turn): Promise<object[]> {
  const { allPages } = await import("@codex-ts/mcp-client");
  const entries = await allPages((cursor) => list.page(server, cursor, turn));
  return entries.map((entry) => ({ server, ...sorted(entry) }));
}

/** Runs the work as an item of the turn, and gives its output as JSON. @throws {ToolError} */
async function shown(turn: Turn, call: ToolCall, server: string, work: () => Promise<object>): Promise<string> {
  const text = functionArguments(call).trim();
  const given: unknown = text === "" ? null : JSON.parse(text);
  const invocation: McpInvocation = { server, tool: call.name, ...(given === null ? {} : { arguments: given }) };
  let output = "";
  await asCallItem(turn, call.callId, invocation, async () => {
    output = JSON.stringify(await work());
    return { content: [{ text: output, type: "text" }], isError: false };
  });
  return output;
}

async function orToolError<T>(method: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new ToolError(`${method} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** No text at all, and null, are no arguments. @throws {ToolError} */
function readArguments<T>(call: ToolCall, fields: Fields<T>, mayBeEmpty: boolean): T {
  const text = functionArguments(call).trim();
  const isEmpty = text === "" || text === "null";
  if (isEmpty && !mayBeEmpty) throw new ToolError("failed to parse function arguments: expected value");
  try {
    return parseArguments(isEmpty ? "{}" : text, fields);
  } catch (error) {
    if (!(error instanceof ToolError) || !isJson(text)) throw error;
    // What is wrong with a value is told without its place, as it always was for these tools.
    throw new ToolError(error.message.replace(/ at line \d+ column \d+$/, ""), { cause: error });
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // exactly what was to be found out
  }
}

/** A text without blanks around it; an empty one counts as missing. */
function filled(text: string | null): string | null {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
}

function present(field: string, text: string): string {
  const value = filled(text);
  if (value === null) throw new ToolError(`${field} must be provided`);
  return value;
}

/** The members of an entry in alphabetical order. */
function sorted(value: unknown): object {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
