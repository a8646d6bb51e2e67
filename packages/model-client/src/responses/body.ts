/** The body of `POST /responses`, with its members in the order the reference sends them. Pure. */

import type { ResponseItem } from "@codex-ts/protocol";
import type { ModelRequest, ReasoningRequest } from "../contract/request.js";
import { wireItem } from "./wire-item.js";

/** The body in three parts: a long conversation is put together from texts that are made once per item. */
export interface ResponsesBody {
  /** Members before the input. */
  head: Readonly<Record<string, unknown>>;
  /** The input's items, as JSON. */
  input: readonly string[];
  /** Members after the input. */
  tail: Readonly<Record<string, unknown>>;
}

/** @param azure stores responses and wants item ids back */
export function responsesBody(request: ModelRequest, azure: boolean): ResponsesBody {
  const text = textOptions(request.text);
  return {
    head: { model: request.model, instructions: request.instructions },
    input: inputTexts(request.input, azure),
    tail: {
      tools: request.tools,
      tool_choice: "auto",
      parallel_tool_calls: request.parallelToolCalls,
      reasoning: request.reasoning === null ? null : reasoningOptions(request.reasoning),
      store: azure,
      stream: true,
      include: request.reasoning === null ? [] : ["reasoning.encrypted_content"],
      prompt_cache_key: request.promptCacheKey,
      ...(text === null ? {} : { text }),
    },
  };
}

/** The body as JSON. */
export function bodyText({ head, input, tail }: ResponsesBody): string {
  return `${JSON.stringify(head).slice(0, -1)},"input":[${input.join(",")}],${JSON.stringify(tail).slice(1)}`;
}

/** The items as JSON, as they are sent. */
export function inputTexts(input: readonly ResponseItem[], keepIds: boolean): string[] {
  const known = keepIds ? textsWithIds : textsWithoutIds;
  return input
    .map((item) => {
      let text = known.get(item);
      if (text === undefined) {
        const wire = wireItem(item, keepIds);
        text = wire === null ? null : JSON.stringify(wire);
        known.set(item, text);
      }
      return text;
    })
    .filter((text) => text !== null);
}

/** Items do not change once they were sent, and every request of a thread sends all of them again. */
const textsWithIds = new WeakMap<ResponseItem, string | null>();
const textsWithoutIds = new WeakMap<ResponseItem, string | null>();

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
