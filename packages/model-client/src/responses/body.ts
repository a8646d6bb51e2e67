/** The body of `POST /responses`, with its members in the order the reference sends them. Pure. */

import type { ModelRequest, ReasoningRequest } from "../contract/request.js";
import { wireItem, type WireItem } from "./wire-item.js";

/** Members of the body, in order. */
export type ResponsesBody = Readonly<Record<string, unknown>> & { readonly input: readonly WireItem[] };

/** @param azure stores responses and wants item ids back */
export function responsesBody(request: ModelRequest, azure: boolean): ResponsesBody {
  const text = textOptions(request.text);
  return {
    model: request.model,
    instructions: request.instructions,
    input: wireInput(request, azure),
    tools: request.tools,
    tool_choice: "auto",
    parallel_tool_calls: request.parallelToolCalls,
    reasoning: request.reasoning === null ? null : reasoningOptions(request.reasoning),
    store: azure,
    stream: true,
    include: request.reasoning === null ? [] : ["reasoning.encrypted_content"],
    prompt_cache_key: request.promptCacheKey,
    ...(text === null ? {} : { text }),
  };
}

/** The request's items as they are sent. */
export function wireInput(request: Pick<ModelRequest, "input">, keepIds: boolean): WireItem[] {
  return request.input.map((item) => wireItem(item, keepIds)).filter((item) => item !== null);
}

function reasoningOptions({ effort, summary }: ReasoningRequest): Record<string, unknown> {
  return {
    ...(effort === undefined ? {} : { effort }),
    ...(summary === undefined || summary === "none" ? {} : { summary }),
  };
}

function textOptions(text: ModelRequest["text"]): Record<string, unknown> | null {
  if (text?.verbosity === undefined && text?.outputSchema === undefined) return null;
  return {
    ...(text.verbosity === undefined ? {} : { verbosity: text.verbosity }),
    ...(text.outputSchema === undefined
      ? {}
      : { format: { type: "json_schema", strict: true, schema: text.outputSchema, name: "codex_output_schema" } }),
  };
}
