/** Tools of the caller: described to the model, run in this process. */

/** What a call gives back to the model. */
export type ToolResult = string | { output: string; success: boolean };

/** Where a call comes from. */
export interface ToolContext {
  threadId: string;
  turnId: string;
  callId: string;
  /** Fires when the turn is cut short. */
  signal: AbortSignal;
}

/** A tool as threads take it. */
export interface Tool {
  name: string;
  description: string;
  /** JSON Schema of the arguments: an object. */
  inputSchema: object;
  /** Runs one call. What it throws is told to the model as a failure. */
  run(args: unknown, context: ToolContext): Promise<ToolResult>;
}

/** A tool with typed arguments. */
export interface ToolDefinition<Arguments> {
  name: string;
  description: string;
  /** JSON Schema of the arguments: an object. */
  inputSchema: object;
  /** Checks what the model sent and gives it a type; what it throws is told to the model. */
  parse: (args: unknown) => Arguments;
  run: (args: Arguments, context: ToolContext) => ToolResult | Promise<ToolResult>;
}

/** Makes a tool; `parse` is the place for a schema library: `parse: (args) => schema.parse(args)`. */
export function defineTool<Arguments>(definition: ToolDefinition<Arguments>): Tool {
  const { name, description, inputSchema, parse, run } = definition;
  return { name, description, inputSchema, run: async (args, context) => await run(parse(args), context) };
}

/** Runs a call of the model; it always has an answer. */
export async function runTool(
  tools: readonly Tool[],
  name: string,
  args: unknown,
  context: ToolContext,
): Promise<{ output: string; success: boolean }> {
  const tool = tools.find((candidate) => candidate.name === name);
  if (tool === undefined) return { output: `there is no tool ${name}`, success: false };
  try {
    const result = await tool.run(args, context);
    return typeof result === "string" ? { output: result, success: true } : result;
  } catch (error) {
    return { output: error instanceof Error ? error.message : String(error), success: false };
  }
}
