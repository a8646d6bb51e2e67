/** Reads an item that a server sent into a `ResponseItem`. Hand-written and narrow: nothing else of the JSON survives. Pure. */

import type {
  ContentItem,
  LocalShellAction,
  LocalShellCallItem,
  ReasoningContent,
  ReasoningSummaryText,
  ResponseItem,
  ToolOutputPart,
  WebSearchAction,
} from "@codex-ts/protocol";
import { isRecord, numberMember, stringMember } from "../json.js";

type Json = Readonly<Record<string, unknown>>;

/**
 * @returns `{type: "other"}` for kinds this version does not know; null when the item lacks what its kind must have
 */
export function readResponseItem(value: unknown): ResponseItem | null {
  if (!isRecord(value)) return null;
  switch (stringMember(value, "type")) {
    case "message":
      return readMessage(value);
    case "reasoning":
      return readReasoning(value);
    case "function_call":
      return readFunctionCall(value);
    case "custom_tool_call":
      return readCustomToolCall(value);
    case "local_shell_call":
      return readLocalShellCall(value);
    case "web_search_call":
      return {
        type: "web_search_call",
        ...optional("id", stringMember(value, "id")),
        ...optional("status", stringMember(value, "status")),
        ...optional("action", readWebSearchAction(value["action"])),
      };
    case "function_call_output":
      return readFunctionCallOutput(value);
    case "custom_tool_call_output": {
      const [callId, output] = [stringMember(value, "call_id"), stringMember(value, "output")];
      if (callId === null || output === null) return null;
      return { type: "custom_tool_call_output", call_id: callId, output };
    }
    case "compaction":
    case "compaction_summary": {
      const encrypted = stringMember(value, "encrypted_content");
      return encrypted === null ? null : { type: "compaction", encrypted_content: encrypted };
    }
    case null:
      return null;
    default:
      return { type: "other" };
  }
}

function readMessage(value: Json): ResponseItem | null {
  const role = stringMember(value, "role");
  if (role === null || !Array.isArray(value["content"])) return null;
  return {
    type: "message",
    role,
    content: value["content"].map(readContent).filter((part) => part !== null),
    ...optional("id", stringMember(value, "id")),
    ...(typeof value["end_turn"] === "boolean" ? { end_turn: value["end_turn"] } : {}),
  };
}

/** A refusal is text like any other to the person who reads it. */
function readContent(value: unknown): ContentItem | null {
  if (!isRecord(value)) return null;
  const type = stringMember(value, "type");
  const text = stringMember(value, type === "refusal" ? "refusal" : "text");
  if ((type === "output_text" || type === "refusal") && text !== null) return { type: "output_text", text };
  return readInputPart(value);
}

function readInputPart(value: unknown): ToolOutputPart | null {
  if (!isRecord(value)) return null;
  const text = stringMember(value, "text");
  if (value["type"] === "input_text" && text !== null) return { type: "input_text", text };
  const url = stringMember(value, "image_url");
  return value["type"] === "input_image" && url !== null ? { type: "input_image", image_url: url } : null;
}

function readReasoning(value: Json): ResponseItem {
  const content = value["content"];
  return {
    type: "reasoning",
    ...optional("id", stringMember(value, "id")),
    summary: readList(value["summary"], readSummary),
    ...(Array.isArray(content) ? { content: readList(content, readReasoningContent) } : {}),
    encrypted_content: stringMember(value, "encrypted_content"),
  };
}

function readSummary(value: unknown): ReasoningSummaryText | null {
  const text = isRecord(value) && value["type"] === "summary_text" ? stringMember(value, "text") : null;
  return text === null ? null : { type: "summary_text", text };
}

function readReasoningContent(value: unknown): ReasoningContent | null {
  if (!isRecord(value)) return null;
  const type = value["type"];
  const text = stringMember(value, "text");
  return (type === "reasoning_text" || type === "text") && text !== null ? { type, text } : null;
}

function readFunctionCall(value: Json): ResponseItem | null {
  const [name, args, callId] = [
    stringMember(value, "name"),
    stringMember(value, "arguments"),
    stringMember(value, "call_id"),
  ];
  if (name === null || args === null || callId === null) return null;
  return {
    type: "function_call",
    ...optional("id", stringMember(value, "id")),
    name,
    arguments: args,
    call_id: callId,
  };
}

function readCustomToolCall(value: Json): ResponseItem | null {
  const [name, input, callId] = [
    stringMember(value, "name"),
    stringMember(value, "input"),
    stringMember(value, "call_id"),
  ];
  if (name === null || input === null || callId === null) return null;
  return {
    type: "custom_tool_call",
    ...optional("id", stringMember(value, "id")),
    ...optional("status", stringMember(value, "status")),
    call_id: callId,
    name,
    input,
  };
}

function readLocalShellCall(value: Json): ResponseItem | null {
  const status = readShellStatus(value["status"]);
  const action = readShellAction(value["action"]);
  if (status === null || action === null) return null;
  return {
    type: "local_shell_call",
    ...optional("id", stringMember(value, "id")),
    call_id: stringMember(value, "call_id"),
    status,
    action,
  };
}

function readShellStatus(value: unknown): LocalShellCallItem["status"] | null {
  return value === "completed" || value === "in_progress" || value === "incomplete" ? value : null;
}

function readShellAction(value: unknown): LocalShellAction | null {
  if (!isRecord(value) || value["type"] !== "exec" || !isStringArray(value["command"])) return null;
  return {
    type: "exec",
    command: value["command"],
    timeout_ms: numberMember(value, "timeout_ms"),
    working_directory: stringMember(value, "working_directory"),
    env: readStringMap(value["env"]),
    user: stringMember(value, "user"),
  };
}

function readWebSearchAction(value: unknown): WebSearchAction | null {
  if (!isRecord(value)) return null;
  const type = stringMember(value, "type");
  switch (type) {
    case "search":
      return { type, ...optional("query", stringMember(value, "query")) };
    case "open_page":
      return { type, ...optional("url", stringMember(value, "url")) };
    case "find_in_page":
      return {
        type,
        ...optional("url", stringMember(value, "url")),
        ...optional("pattern", stringMember(value, "pattern")),
      };
    default:
      return { type: "other" };
  }
}

function readFunctionCallOutput(value: Json): ResponseItem | null {
  const callId = stringMember(value, "call_id");
  const output = value["output"];
  if (callId === null) return null;
  if (typeof output === "string") return { type: "function_call_output", call_id: callId, output };
  if (!Array.isArray(output)) return null;
  return { type: "function_call_output", call_id: callId, output: readList(output, readInputPart) };
}

function readList<T>(value: unknown, read: (entry: unknown) => T | null): T[] {
  return Array.isArray(value) ? value.map(read).filter((entry): entry is T & {} => entry !== null) : [];
}

function isStringArray(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

function readStringMap(value: unknown): Record<string, string> | null {
  if (!isRecord(value)) return null;
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function optional<K extends string, V>(key: K, value: V | null): { [P in K]?: V } {
  return (value === null ? {} : { [key]: value }) as { [P in K]?: V };
}
