/** Calls one tool directly, for tools that need little of a thread. */

import { ToolError, type Tool, type ToolOutput } from "../../src/tools/tool.js";
import type { Turn } from "../../src/turn/turn.js";

/** What such tools look at. */
export interface CallOptions {
  cwd?: string;
  environment?: Record<string, string | undefined>;
  /** Cuts the turn short. */
  signal?: AbortSignal;
}

/** The tool's output, or what the model is told instead. */
export async function callTool(tool: Tool, args: unknown, options: CallOptions = {}): Promise<ToolOutput> {
  const text = typeof args === "string" ? args : JSON.stringify(args);
  const signal = options.signal ?? new AbortController().signal;
  const turn = {
    settings: { cwd: options.cwd ?? "/" },
    signal,
    session: {
      services: {
        environment: () => options.environment ?? process.env,
        sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
      },
    },
    // Only what these tools use: a whole turn has a model, a session file and more.
  } as unknown as Turn;
  const call = { callId: "call_1", name: tool.names[0] ?? "", payload: { kind: "function" as const, arguments: text } };
  try {
    return await tool.run(call, { turn, signal });
  } catch (error) {
    if (error instanceof ToolError) return error.message;
    throw error;
  }
}
