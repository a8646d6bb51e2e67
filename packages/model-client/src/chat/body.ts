/** The body of `POST /chat/completions`. Pure. */

import type { FunctionTool, ModelRequest } from "../contract/request.js";
import { ModelError } from "../errors/model-error.js";
import { chatMessages } from "./messages.js";

/**
 * Only function tools can be told to this wire; reasoning, verbosity and parallel calls neither.
 * @param withUsage asks the server to report usage at the end of the stream
 * @throws {ModelError} `unsupported` for an output schema
 */
export function chatBody(request: ModelRequest, withUsage: boolean): Record<string, unknown> {
  if (request.text?.outputSchema !== undefined) {
    throw new ModelError(
      "unsupported",
      "unsupported operation: output_schema is not supported for Chat Completions API",
    );
  }
  const tools = request.tools.filter((tool) => tool.type === "function").map(chatTool);
  return {
    model: request.model,
    messages: chatMessages(request.instructions, request.input),
    stream: true,
    ...(withUsage ? { stream_options: { include_usage: true } } : {}),
    ...(tools.length === 0 ? {} : { tools }),
  };
}

/** The outer `name` is redundant; the reference sends it. */
function chatTool({ name, description, strict, parameters }: FunctionTool): Record<string, unknown> {
  return { type: "function", name, function: { name, description, strict, parameters } };
}
