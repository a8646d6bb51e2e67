/** The tools of MCP servers as tools of a turn. */

import type { McpToolEntry } from "@codex-ts/mcp-client";
import type { McpTool } from "@codex-ts/protocol";
import type { Session } from "../../session/session.js";
import { InputSchemaError, toolParameters } from "../input-schema.js";
import { JsonSyntaxError, kindText, readJson, type Located } from "../json-reader.js";
import { functionArguments } from "../shell.js";
import { ToolError, type Tool } from "../tool.js";
import { asCallItem } from "./call-item.js";
import { askDuring } from "./elicitation.js";
import { fullParameters } from "./full-parameters.js";
import { errorOutput, resultOutput } from "./result-output.js";

/** The tools of the servers that are up, in the order of their names. One whose schema cannot be told is left out. */
export function mcpTools(session: Session): Tool[] {
  // Servers that speak the Responses API understand whole schemas; of others little is known.
  const whole = session.config.modelProvider.wireApi === "responses";
  return session.services.mcp.tools().flatMap((entry) => {
    const parameters = parametersOf(entry, whole, session);
    return parameters === null ? [] : [mcpTool(entry, parameters)];
  });
}

// helpers

type Parameters = Readonly<Record<string, unknown>>;

/** Schemas do not change while a tool is listed; null: it cannot be told. */
const known = new WeakMap<McpTool, Parameters | null>();

function parametersOf({ tool, server }: McpToolEntry, whole: boolean, session: Session): Parameters | null {
  const before = known.get(tool);
  if (before !== undefined) return before;
  let parameters: Parameters | null = null;
  try {
    // An object by the protocol, also where the server leaves out the word.
    parameters = whole ? fullParameters(tool.inputSchema) : toolParameters({ type: "object", ...tool.inputSchema });
  } catch (error) {
    if (!(error instanceof InputSchemaError)) throw error;
    // A fault of the server, not of ours: where in our code it was found helps nobody.
    session.services.report(`left out: ${error.message}`, `tool ${tool.name} of MCP server ${server}`);
  }
  known.set(tool, parameters);
  return parameters;
}

function mcpTool({ qualifiedName, server, tool }: McpToolEntry, parameters: Parameters): Tool {
  return {
    names: [qualifiedName],
    parallel: false,
    abortStyle: "plain",
    definition: {
      type: "function",
      name: qualifiedName,
      description: tool.description ?? "",
      strict: false,
      parameters,
    },
    run: async (call, { turn, signal }) => {
      const args = readArguments(functionArguments(call));
      const invocation = { server, tool: tool.name, ...(args === null ? {} : { arguments: args.value }) };
      try {
        const result = await asCallItem(turn, call.callId, invocation, async () => {
          try {
            const { mcp } = turn.session.services;
            const elicit = askDuring(turn, call.callId);
            return await mcp.callTool(server, tool.name, argumentsObject(args, server, tool.name), { signal, elicit });
          } catch (error) {
            throw new Error(`tool call error: ${error instanceof Error ? error.message : String(error)}`, {
              cause: error,
            });
          }
        });
        return resultOutput(result);
      } catch (error) {
        throw new ToolError(errorOutput(error instanceof Error ? error.message : String(error)), { cause: error });
      }
    },
  };
}

interface Arguments {
  located: Located;
  value: unknown;
}

/** null: the model gave none. @throws {ToolError} */
function readArguments(text: string): Arguments | null {
  if (text.trim() === "") return null;
  try {
    const located = readJson(text);
    return located.kind === "null" ? null : { located, value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new ToolError(`err: ${error.message}`, { cause: error });
  }
}

/** Servers take objects only. */
function argumentsObject(args: Arguments | null, server: string, tool: string): Record<string, unknown> | null {
  if (args === null) return null;
  if (args.located.kind === "object") return Object.fromEntries(Object.entries(Object(args.value)));
  const found = kindText(args.located);
  throw new Error(
    `tool call failed for \`${server}/${tool}\`\n\nCaused by:\n    invalid type: ${found}, expected a map`,
  );
}
