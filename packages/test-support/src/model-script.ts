/** Builds what the fake model server says: the events of one answer, or a fault in place of one. */

/** A server-sent event of the Responses API. */
export type ModelEvent = { type: string } & Record<string, unknown>;

/** What the server does at one point of an answer. */
export type Step =
  | { do: "send"; event: ModelEvent }
  /** Bytes as they are, for broken streams. */
  | { do: "raw"; bytes: string }
  /** Waits until the test calls `release(name)`. */
  | { do: "hold"; name: string }
  /** Closes the connection without a word. */
  | { do: "drop" };

/** One answer: a plain HTTP reply, or a stream of steps. */
export type Answer =
  | { kind: "stream"; steps: Step[]; headers?: Record<string, string> }
  | { kind: "http"; status: number; body: string; headers?: Record<string, string> };

/** Token counts that `completed` reports unless told otherwise. */
export const defaultUsage = {
  input_tokens: 100,
  input_tokens_details: { cached_tokens: 10 },
  output_tokens: 20,
  output_tokens_details: { reasoning_tokens: 5 },
  total_tokens: 120,
};

/** A stream that ends with `response.completed`, which is what most answers are. */
export function answer(...parts: Step[][]): Answer {
  return { kind: "stream", steps: [...created(), ...parts.flat(), ...completed()] };
}

/** A stream of exactly these steps; nothing is added. */
export function stream(...parts: Step[][]): Answer {
  return { kind: "stream", steps: parts.flat() };
}

/** An HTTP reply instead of a stream. */
export function httpReply(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { kind: "http", status, body: text, headers };
}

/** The stream's first event. */
export function created(id = "resp_1"): Step[] {
  return [{ do: "send", event: { type: "response.created", response: { id } } }];
}

/** The stream's last event. */
export function completed(usage: unknown = defaultUsage, id = "resp_1"): Step[] {
  return [{ do: "send", event: { type: "response.completed", response: { id, usage } } }];
}

/** An assistant message, sent in `deltas` equal pieces. */
export function message(text: string, { id = "msg_1", deltas = 1 }: { id?: string; deltas?: number } = {}): Step[] {
  const size = Math.max(1, Math.ceil(text.length / deltas));
  const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, n) => text.slice(n * size, (n + 1) * size));
  return [
    send("response.output_item.added", { item: { type: "message", role: "assistant", id, content: [] } }),
    ...pieces.map((delta) => send("response.output_text.delta", { item_id: id, delta })),
    send("response.output_item.done", {
      item: { type: "message", role: "assistant", id, content: [{ type: "output_text", text }] },
    }),
  ];
}

/** A reasoning item with one summary paragraph. */
export function reasoning(summary: string, { id = "rs_1", raw }: { id?: string; raw?: string } = {}): Step[] {
  const content = raw === undefined ? {} : { content: [{ type: "reasoning_text", text: raw }] };
  return [
    send("response.output_item.added", { item: { type: "reasoning", id, summary: [] } }),
    send("response.reasoning_summary_part.added", { item_id: id, summary_index: 0 }),
    send("response.reasoning_summary_text.delta", { item_id: id, summary_index: 0, delta: summary }),
    ...(raw === undefined
      ? []
      : [send("response.reasoning_text.delta", { item_id: id, content_index: 0, delta: raw })]),
    send("response.output_item.done", {
      item: {
        type: "reasoning",
        id,
        summary: [{ type: "summary_text", text: summary }],
        ...content,
        encrypted_content: "ENC",
      },
    }),
  ];
}

/** A function tool's call. */
export function functionCall(name: string, args: unknown, callId = "call_1"): Step[] {
  const text = typeof args === "string" ? args : JSON.stringify(args);
  return [
    send("response.output_item.done", {
      item: { type: "function_call", id: `fc_${callId}`, call_id: callId, name, arguments: text },
    }),
  ];
}

/** A freeform tool's call. */
export function customCall(name: string, input: string, callId = "call_1"): Step[] {
  return [
    send("response.output_item.done", {
      item: { type: "custom_tool_call", id: `ct_${callId}`, call_id: callId, name, input },
    }),
  ];
}

/** A search that the server ran. */
export function webSearch(query: string, id = "ws_1"): Step[] {
  return [
    send("response.output_item.added", { item: { type: "web_search_call", id, status: "in_progress" } }),
    send("response.output_item.done", {
      item: { type: "web_search_call", id, status: "completed", action: { type: "search", query } },
    }),
  ];
}

/** A shell command, as most models call it. */
export function shell(command: string, args: Record<string, unknown> = {}, callId = "call_1"): Step[] {
  return functionCall("shell_command", { command, ...args }, callId);
}

/** A patch through the freeform tool; the envelope is added. */
export function patch(body: string, callId = "call_1"): Step[] {
  return customCall("apply_patch", `*** Begin Patch\n${body}*** End Patch`, callId);
}

/** One event of the given type. */
export function send(type: string, fields: Record<string, unknown>): Step {
  return { do: "send", event: { type, ...fields } };
}

/** Waits until the test lets go. */
export function hold(name: string): Step[] {
  return [{ do: "hold", name }];
}

/** Cuts the connection. */
export function drop(): Step[] {
  return [{ do: "drop" }];
}

/** Bytes as they are. */
export function raw(bytes: string): Step[] {
  return [{ do: "raw", bytes }];
}

/** `response.failed` with a code. */
export function failed(code: string, text: string): Step[] {
  return [send("response.failed", { response: { id: "resp_1", error: { code, message: text } } })];
}
