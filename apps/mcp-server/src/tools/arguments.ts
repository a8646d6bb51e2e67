/** Reads the arguments of calls; words errors the way clients know them. Pure. */

import { WireFormatError, unknownVariant, wrongType, type ApprovalPolicy, type SandboxMode } from "@codex-ts/protocol";
import type { Json } from "@codex-ts/config";
import { isObject } from "../rpc/message.js";
import { approvalPolicies, sandboxModes } from "./definitions.js";

/** A call cannot be carried out; the message is the call's result. */
export class ToolCallError extends Error {
  override readonly name = "ToolCallError";
}

/** What `codex` was called with; null: not given. */
export interface CodexCall {
  prompt: string;
  model: string | null;
  profile: string | null;
  cwd: string | null;
  approvalPolicy: ApprovalPolicy | null;
  sandbox: SandboxMode | null;
  config: Record<string, Json>;
  baseInstructions: string | null;
  developerInstructions: string | null;
  compactPrompt: string | null;
}

/** @throws {ToolCallError} */
export function readCodexCall(args: unknown): CodexCall {
  if (args === undefined || args === null) {
    throw new ToolCallError("Missing arguments for codex tool-call; the `prompt` field is required.");
  }
  try {
    const given = members(args);
    return {
      model: optionalText(given, "model"),
      profile: optionalText(given, "profile"),
      cwd: optionalText(given, "cwd"),
      approvalPolicy: optionalWord(given, "approval-policy", approvalPolicies),
      sandbox: optionalWord(given, "sandbox", sandboxModes),
      config: settings(given["config"]),
      baseInstructions: optionalText(given, "base-instructions"),
      developerInstructions: optionalText(given, "developer-instructions"),
      compactPrompt: optionalText(given, "compact-prompt"),
      prompt: requiredText(given, "prompt"),
    };
  } catch (error) {
    throw inWords(error, "Failed to parse configuration for Codex tool");
  }
}

/** @throws {ToolCallError} */
export function readReplyCall(args: unknown): { threadId: string; prompt: string } {
  if (args === undefined || args === null) {
    throw new ToolCallError(
      "Missing arguments for codex-reply tool-call; the `thread_id` and `prompt` fields are required.",
    );
  }
  let call: { id: string | null; prompt: string };
  try {
    const given = members(args);
    const id = optionalText(given, "threadId") ?? optionalText(given, "conversationId");
    call = { id, prompt: requiredText(given, "prompt") };
  } catch (error) {
    throw inWords(error, "Failed to parse configuration for Codex tool");
  }
  if (call.id === null) {
    throw new ToolCallError("Failed to parse thread_id: either threadId or conversationId must be provided");
  }
  const hex = call.id
    .toLowerCase()
    .replace(/^urn:uuid:/, "")
    .replace(/^\{(.*)\}$/, "$1")
    .replaceAll("-", "");
  if (!/^[0-9a-f]{32}$/.test(hex)) throw new ToolCallError(`Failed to parse thread_id: ${uuidProblem(call.id)}`);
  const threadId = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  return { threadId, prompt: call.prompt };
}

// helpers

function members(args: unknown): Record<string, unknown> {
  if (isObject(args)) return args;
  throw wrongType(args, "a map");
}

function requiredText(given: Record<string, unknown>, name: string): string {
  const value = given[name];
  if (value === undefined) throw new WireFormatError(`missing field \`${name}\``, `field \`${name}\``);
  if (typeof value !== "string") throw wrongType(value, "a string");
  return value;
}

function optionalText(given: Record<string, unknown>, name: string): string | null {
  return given[name] === undefined || given[name] === null ? null : requiredText(given, name);
}

function optionalWord<Word extends string>(
  given: Record<string, unknown>,
  name: string,
  words: readonly Word[],
): Word | null {
  const text = optionalText(given, name);
  if (text === null) return null;
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) throw unknownVariant(text, words);
  return word;
}

/** TOML has no null: it becomes an empty text, as clients of the original know it. */
function settings(value: unknown): Record<string, Json> {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw wrongType(value, "a map");
  return Object.fromEntries(Object.entries(value).map(([key, setting]) => [key, withoutNull(setting)]));
}

function withoutNull(value: unknown): Json {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(withoutNull);
  return isObject(value) ? settings(value) : "";
}

function inWords(error: unknown, what: string): unknown {
  return error instanceof WireFormatError ? new ToolCallError(`${what}: ${error.detail}`) : error;
}

function uuidProblem(text: string): string {
  const odd = [...text].findIndex((character) => !/[0-9a-fA-F-]/.test(character));
  if (odd >= 0) {
    const found = [...text][odd] ?? "";
    return `invalid character: expected an optional prefix of \`urn:uuid:\` followed by [0-9a-fA-F-], found \`${found}\` at ${odd + 1}`;
  }
  const groups = text.split("-");
  if (groups.length === 1) return `invalid length: expected length 32 for simple format, found ${text.length}`;
  if (groups.length !== UUID_GROUPS.length) return `invalid group count: expected 5, found ${groups.length}`;
  const at = groups.findIndex(({ length }, index) => length !== UUID_GROUPS[index]);
  return `invalid group length in group ${at}: expected ${UUID_GROUPS[at]}, found ${groups[at]?.length}`;
}

const UUID_GROUPS = [8, 4, 4, 4, 12];
