/** Beginnings and ends of items in the older language. */

import type { EventMsg } from "../event-msg.js";
import type { TurnItem } from "../events/messages.js";
import type { ExecCommandFacts, McpCallOutcome, WireDuration } from "../events/tools.js";
import type { CommandItem, CommandResult, McpCallItem, SubAgentItem, ThreadItem } from "../items.js";
import type { LegacyOptions, LegacyPlace } from "./legacy-options.js";
import { userMessageEvent } from "./user-message.js";

/** @returns what the beginning of an item is in the older language */
export function legacyOfStartedItem(item: ThreadItem, place: LegacyPlace): EventMsg[] {
  switch (item.type) {
    case "userMessage":
    case "agentMessage":
    case "reasoning":
    case "webSearch": {
      const started: EventMsg = { type: "item_started", ...place, item: turnItem(item) };
      return item.type === "webSearch" ? [started, { type: "web_search_begin", call_id: item.id }] : [started];
    }
    case "command":
      return [{ type: "exec_command_begin", ...commandFacts(item, place) }];
    case "fileChange":
      return [
        {
          type: "patch_apply_begin",
          call_id: item.id,
          turn_id: place.turn_id,
          auto_approved: item.autoApproved,
          changes: item.changes,
        },
      ];
    case "mcpCall":
      return [{ type: "mcp_tool_call_begin", call_id: item.id, invocation: item.invocation }];
    case "imageView":
      return [{ type: "view_image_tool_call", call_id: item.id, path: item.path }];
    case "review": {
      const hint = item.hint === null ? {} : { user_facing_hint: item.hint };
      return [{ type: "entered_review_mode", target: item.target, ...hint }];
    }
    case "subAgent":
      return [subAgentBegin(item)];
  }
}

/** @returns what the end of an item is in the older language: the item, then its older twins */
export function legacyOfEndedItem(item: ThreadItem, place: LegacyPlace, options: LegacyOptions): EventMsg[] {
  switch (item.type) {
    case "userMessage":
      return [completed(item, place), { type: "user_message", ...userMessageEvent(item.content) }];
    case "agentMessage":
      return [completed(item, place), ...texts(item.text).map(({ text }) => agentMessage(text))];
    case "reasoning": {
      const raw = options.showRawReasoning ? item.raw : [];
      return [
        completed(item, place),
        ...item.summary.map((text): EventMsg => ({ type: "agent_reasoning", text })),
        ...raw.map((text): EventMsg => ({ type: "agent_reasoning_raw_content", text })),
      ];
    }
    case "webSearch": {
      const { id, query, action } = item;
      return [completed(item, place), { type: "web_search_end", call_id: id, query, action }];
    }
    case "command":
      return [commandEnd(item, place)];
    case "fileChange":
      return [
        {
          type: "patch_apply_end",
          call_id: item.id,
          turn_id: place.turn_id,
          stdout: item.stdout,
          stderr: item.stderr,
          success: item.status === "completed",
          changes: item.changes,
        },
      ];
    case "mcpCall":
      return [mcpCallEnd(item)];
    case "imageView":
      return [];
    case "review":
      return [{ type: "exited_review_mode", review_output: item.output }];
    case "subAgent":
      return [subAgentEnd(item)];
  }
}

type MessageLike = Extract<ThreadItem, { type: "userMessage" | "agentMessage" | "reasoning" | "webSearch" }>;

function completed(item: MessageLike, place: LegacyPlace): EventMsg {
  return { type: "item_completed", ...place, item: turnItem(item) };
}

function turnItem(item: MessageLike): TurnItem {
  switch (item.type) {
    case "userMessage":
      return { type: "UserMessage", id: item.id, content: item.content };
    case "agentMessage":
      return { type: "AgentMessage", id: item.id, content: texts(item.text) };
    case "reasoning":
      return { type: "Reasoning", id: item.id, summary_text: item.summary, raw_content: item.raw };
    case "webSearch":
      return { type: "WebSearch", id: item.id, query: item.query, action: item.action };
  }
}

/** A message without text yet has no parts. */
function texts(text: string): { type: "Text"; text: string }[] {
  return text === "" ? [] : [{ type: "Text", text }];
}

function agentMessage(message: string): EventMsg {
  return { type: "agent_message", message };
}

function commandFacts(item: CommandItem, place: LegacyPlace): ExecCommandFacts {
  return {
    call_id: item.id,
    ...(item.processId === null ? {} : { process_id: item.processId }),
    turn_id: place.turn_id,
    command: item.argv,
    cwd: item.cwd,
    parsed_cmd: item.actions,
    source: item.source,
    ...(item.interactionInput === null ? {} : { interaction_input: item.interactionInput }),
  };
}

function commandEnd(item: CommandItem, place: LegacyPlace): EventMsg {
  const result = item.result ?? neverRan(item);
  return {
    type: "exec_command_end",
    ...commandFacts(item, place),
    stdout: result.stdout,
    stderr: result.stderr,
    aggregated_output: result.aggregatedOutput,
    exit_code: result.exitCode,
    duration: wireDuration(result.durationMs),
    formatted_output: result.formattedOutput,
  };
}

/** The older language has one end for all commands: what did not run says why on stderr. */
function neverRan(item: CommandItem): CommandResult {
  const why = item.status === "declined" ? "exec command rejected by user" : "aborted by user";
  const output = { stdout: "", stderr: why, aggregatedOutput: why, formattedOutput: why };
  return { ...output, exitCode: -1, durationMs: 0, timedOut: false };
}

function mcpCallEnd(item: McpCallItem): EventMsg {
  const result: McpCallOutcome =
    item.result === null ? { Err: item.error ?? "the call was interrupted" } : { Ok: item.result };
  const duration = wireDuration(item.durationMs ?? 0);
  return { type: "mcp_tool_call_end", call_id: item.id, invocation: item.invocation, duration, result };
}

/** @returns milliseconds as the wire writes a span of time */
function wireDuration(milliseconds: number): WireDuration {
  const nanos = Math.max(0, Math.round(milliseconds * 1e6));
  return { secs: Math.floor(nanos / 1e9), nanos: nanos % 1e9 };
}

function subAgentBegin(item: SubAgentItem): EventMsg {
  const call = { call_id: item.id, sender_thread_id: item.senderThreadId };
  const receiver = { receiver_thread_id: item.receiverThreadIds[0] ?? "" };
  const prompt = item.prompt ?? "";
  switch (item.tool) {
    case "spawn_agent":
      return { type: "collab_agent_spawn_begin", ...call, prompt };
    case "send_input":
      return { type: "collab_agent_interaction_begin", ...call, ...receiver, prompt };
    case "wait":
      return { type: "collab_waiting_begin", ...call, receiver_thread_ids: item.receiverThreadIds };
    case "close_agent":
      return { type: "collab_close_begin", ...call, ...receiver };
  }
}

function subAgentEnd(item: SubAgentItem): EventMsg {
  const call = { call_id: item.id, sender_thread_id: item.senderThreadId };
  const [first] = item.receiverThreadIds;
  const receiver = { receiver_thread_id: first ?? "" };
  const status = (first === undefined ? undefined : item.states[first]) ?? "not_found";
  const prompt = item.prompt ?? "";
  switch (item.tool) {
    case "spawn_agent":
      return { type: "collab_agent_spawn_end", ...call, new_thread_id: first ?? null, prompt, status };
    case "send_input":
      return { type: "collab_agent_interaction_end", ...call, ...receiver, prompt, status };
    case "wait":
      return { type: "collab_waiting_end", ...call, statuses: item.states };
    case "close_agent":
      return { type: "collab_close_end", ...call, ...receiver, status };
  }
}
