/** Tools that the client of a thread runs itself: checked when the thread starts, called through a question. */

import { anyArguments } from "./arguments.js";
import { InputSchemaError, toolParameters } from "./input-schema.js";
import { functionArguments } from "./shell.js";
import { type Tool } from "./tool.js";

/** A tool as the client describes it. */
export interface ClientToolSpec {
  name: string;
  description: string;
  /** JSON Schema of its arguments. */
  inputSchema: unknown;
}

/** A client's tool cannot be offered; the message says which and why. */
export class ClientToolError extends Error {
  override readonly name = "ClientToolError";
}

/** Names that calls of built-in tools have, offered in a thread or not: a client's tool must not stand in for one. */
const BUILT_IN_NAMES = new Set([
  "shell",
  "container.exec",
  "local_shell",
  "shell_command",
  "exec_command",
  "write_stdin",
  "apply_patch",
  "update_plan",
  "view_image",
  "web_search",
  "grep_files",
  "read_file",
  "list_dir",
  "test_sync_tool",
  "request_user_input",
  "list_mcp_resources",
  "list_mcp_resource_templates",
  "read_mcp_resource",
  "spawn_agent",
  "send_input",
  "wait",
  "close_agent",
]);

/** The tools, in their order. @throws {ClientToolError} */
export function clientTools(specs: readonly ClientToolSpec[]): Tool[] {
  const names = new Set<string>();
  return specs.map((spec) => {
    const { name } = spec;
    if (name.trim() === "") throw new ClientToolError("dynamic tool name must not be empty");
    if (name !== name.trim()) throw new ClientToolError(`dynamic tool name has leading/trailing whitespace: ${name}`);
    // Everything of that form belongs to MCP servers, also those that are added later.
    if (name === "mcp" || name.startsWith("mcp__") || BUILT_IN_NAMES.has(name)) {
      throw new ClientToolError(`dynamic tool name is reserved: ${name}`);
    }
    if (names.has(name)) throw new ClientToolError(`duplicate dynamic tool name: ${name}`);
    names.add(name);
    return clientTool(spec);
  });
}

// helpers

function clientTool({ name, description, inputSchema }: ClientToolSpec): Tool {
  return {
    names: [name],
    parallel: false,
    abortStyle: "plain",
    definition: { type: "function", name, description, strict: false, parameters: parametersOf(name, inputSchema) },
    run: async (call, { turn, signal }) => {
      const args = anyArguments(functionArguments(call));
      const answer = await turn.session.questions.ask(
        { kind: "clientTool", id: call.callId, itemId: call.callId, tool: name, arguments: args },
        turn.id,
        signal,
      );
      return answer.kind === "clientTool" ? answer.output : "dynamic tool response was invalid";
    },
  };
}

function parametersOf(name: string, schema: unknown): ReturnType<typeof toolParameters> {
  try {
    return toolParameters(schema);
  } catch (error) {
    if (!(error instanceof InputSchemaError)) throw error;
    throw new ClientToolError(`dynamic tool input schema is not supported for ${name}: ${error.message}`, {
      cause: error,
    });
  }
}
