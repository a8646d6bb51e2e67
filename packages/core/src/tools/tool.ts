/** What a tool is: a definition for the model, and a function that answers its calls. */

import type { LocalShellAction, ResponseItem, ToolOutputPart } from "@codex-ts/protocol";
import type { ToolDefinition } from "@codex-ts/model-client";
import type { Turn } from "../turn/turn.js";

/** A call as the model made it. */
export interface ToolCall {
  callId: string;
  name: string;
  payload: ToolPayload;
}

/** What a call carries. */
export type ToolPayload =
  | { kind: "function"; arguments: string }
  | { kind: "custom"; input: string }
  | { kind: "localShell"; action: LocalShellAction };

/** What a tool answers. */
export type ToolOutput = string | ToolOutputPart[];

/** What a tool may use. */
export interface ToolContext {
  turn: Turn;
  /** Aborted when the turn is cut short. */
  signal: AbortSignal;
}

/** A tool. */
export interface Tool {
  /** Names under which it is called. */
  names: readonly string[];
  /** What the model is told; null for names that work without being offered. */
  definition: ToolDefinition | null;
  /** It only reads, so it may run beside others of its kind. */
  parallel: boolean;
  /** How an interrupted call is told to the model. */
  abortStyle: "wallTime" | "plain";
  /** @throws {ToolError} what the model is told instead of an output */
  run(call: ToolCall, context: ToolContext): Promise<ToolOutput>;
}

/** A call went wrong in a way the model should know; the message is what it is told. */
export class ToolError extends Error {
  override readonly name = "ToolError";
}

/** The item that answers a call, of the kind the call asks for. */
export function outputItem({ callId, payload }: ToolCall, output: ToolOutput): ResponseItem {
  return payload.kind === "custom" ? customOutput(callId, output) : functionOutput(callId, output);
}

/** The item that answers the call of a function. */
export function functionOutput(callId: string, output: ToolOutput): ResponseItem {
  return { type: "function_call_output", call_id: callId, output };
}

/** The item that answers a call whose input is free text; it can say only text. */
export function customOutput(callId: string, output: ToolOutput): ResponseItem {
  const text = typeof output === "string" ? output : output.map((part) => ("text" in part ? part.text : "")).join("");
  return { type: "custom_tool_call_output", call_id: callId, output: text };
}
