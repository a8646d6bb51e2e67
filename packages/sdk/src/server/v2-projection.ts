/** Folds the notifications of an app-server into the lines of `codex exec`. Pure. */

import type {
  CollabAgentTool,
  ServerNotification,
  ServerNotificationParams,
  ThreadItem as V2Item,
} from "@codex-ts/app-server-protocol";
import type { ThreadEvent, Usage } from "../events/thread-event.js";
import type { CollabToolCallItem, CommandExecutionStatus, McpToolCallItem, ThreadItem } from "../events/thread-item.js";

type WithoutId<Item> = Item extends unknown ? Omit<Item, "id"> : never;
type ItemBody = WithoutId<ThreadItem>;
type Plan = ServerNotificationParams<"turn/plan/updated">["plan"];
type Turn = ServerNotificationParams<"turn/completed">["turn"];
type Of<Type extends V2Item["type"]> = Extract<V2Item, { type: Type }>;

/** Turns notifications of one turn into lines; keeps the numbers of items and what a turn's end has to tell. */
export class V2Projection {
  readonly #numbers = new Map<string, number>();
  #items = 0;
  #plan: { id: string; plan: Plan } | null = null;
  #usage: Usage = { input_tokens: 0, cached_input_tokens: 0, output_tokens: 0 };

  /** The lines for a notification; mostly none or one. */
  take(message: ServerNotification): ThreadEvent[] {
    switch (message.method) {
      case "turn/started":
        return [{ type: "turn.started" }];
      case "item/started":
        return this.#started(message.params.item);
      case "item/completed":
        return bodiesOf(message.params.item).map((body) => ({
          type: "item.completed",
          item: { id: this.#endedId(message.params.item), ...body },
        }));
      case "turn/plan/updated":
        return [this.#planLine(message.params.plan)];
      case "thread/tokenUsage/updated": {
        const { inputTokens, cachedInputTokens, outputTokens } = message.params.tokenUsage.total;
        this.#usage = {
          input_tokens: inputTokens,
          cached_input_tokens: cachedInputTokens,
          output_tokens: outputTokens,
        };
        return [];
      }
      case "error":
        return [{ type: "error", message: message.params.error.message }];
      case "turn/completed":
        return [...this.#closing(), this.#turnLine(message.params.turn)];
      default:
        return [];
    }
  }

  #started(item: V2Item): ThreadEvent[] {
    if (!SHOWN_WHEN_BEGUN.has(item.type)) return [];
    return bodiesOf(item).map((body) => ({ type: "item.started", item: { id: this.#idOf(item.id), ...body } }));
  }

  #planLine(plan: Plan): ThreadEvent {
    const type = this.#plan === null ? "item.started" : "item.updated";
    const id = this.#plan?.id ?? this.#nextId();
    this.#plan = { id, plan };
    return { type, item: { id, ...todoList(plan) } };
  }

  /** What is still open when the turn ends. */
  #closing(): ThreadEvent[] {
    if (this.#plan === null) return [];
    const { id, plan } = this.#plan;
    this.#plan = null;
    return [{ type: "item.completed", item: { id, ...todoList(plan) } }];
  }

  #turnLine({ status, error }: Turn): ThreadEvent {
    if (status === "completed") return { type: "turn.completed", usage: this.#usage };
    return { type: "turn.failed", error: { message: error?.message ?? "interrupted" } };
  }

  /** A reasoning item is one line for each of its paragraphs, and each has a number of its own. */
  #endedId(item: V2Item): string {
    return item.type === "reasoning" ? this.#nextId() : this.#idOf(item.id);
  }

  /** Items are numbered in the order in which they first appear. */
  #idOf(itemId: string): string {
    const number = this.#numbers.get(itemId) ?? this.#items++;
    this.#numbers.set(itemId, number);
    return `item_${number}`;
  }

  #nextId(): string {
    return `item_${this.#items++}`;
  }
}

// helpers

const SHOWN_WHEN_BEGUN: ReadonlySet<V2Item["type"]> = new Set([
  "commandExecution",
  "mcpToolCall",
  "collabAgentToolCall",
  "webSearch",
]);

function bodiesOf(item: V2Item): ItemBody[] {
  switch (item.type) {
    case "agentMessage":
      return item.text === "" ? [] : [{ type: "agent_message", text: item.text }];
    case "reasoning":
      return item.summary.map((text) => ({ type: "reasoning", text }));
    case "commandExecution":
      return [
        {
          type: "command_execution",
          command: item.command,
          aggregated_output: item.aggregatedOutput ?? "",
          exit_code: item.exitCode,
          status: commandStatus(item.status),
        },
      ];
    case "fileChange":
      return [
        {
          type: "file_change",
          changes: item.changes.map(({ path, kind }) => ({ path, kind: kind.type })),
          status: item.status === "completed" ? "completed" : "failed",
        },
      ];
    case "mcpToolCall":
      return [mcpBody(item)];
    case "collabAgentToolCall":
      return [collabBody(item)];
    case "webSearch":
      return [{ type: "web_search", call_id: item.id, query: item.query }];
    case "userMessage":
    case "imageView":
    case "enteredReviewMode":
    case "exitedReviewMode":
      return [];
    default:
      return newerItem(item);
  }
}

/** A newer server may know items that we do not. */
function newerItem(_item: never): ItemBody[] {
  return [];
}

function commandStatus(status: Of<"commandExecution">["status"]): CommandExecutionStatus {
  return status === "inProgress" ? "in_progress" : status;
}

function callStatus(status: "inProgress" | "completed" | "failed"): "in_progress" | "completed" | "failed" {
  return status === "inProgress" ? "in_progress" : status;
}

function mcpBody({
  server,
  tool,
  arguments: args,
  result,
  error,
  status,
}: Of<"mcpToolCall">): Omit<McpToolCallItem, "id"> {
  return {
    type: "mcp_tool_call",
    server,
    tool,
    arguments: args,
    result: result === null ? null : { content: result.content, structured_content: result.structuredContent },
    error,
    status: callStatus(status),
  };
}

const COLLAB_TOOLS: Record<CollabAgentTool, string> = {
  spawnAgent: "spawn_agent",
  sendInput: "send_input",
  wait: "wait",
  closeAgent: "close_agent",
};

const AGENT_STATUSES: Record<string, string> = { pendingInit: "pending_init", notFound: "not_found" };

function collabBody(item: Of<"collabAgentToolCall">): Omit<CollabToolCallItem, "id"> {
  const states = Object.entries(item.agentsStates);
  return {
    type: "collab_tool_call",
    tool: COLLAB_TOOLS[item.tool],
    sender_thread_id: item.senderThreadId,
    receiver_thread_ids: item.receiverThreadIds,
    prompt: item.prompt,
    agents_states: Object.fromEntries(
      states.map(([id, { status, message }]) => [id, { status: AGENT_STATUSES[status] ?? status, message }]),
    ),
    status: callStatus(item.status),
  };
}

function todoList(plan: Plan): Extract<ItemBody, { type: "todo_list" }> {
  return {
    type: "todo_list",
    items: plan.map(({ step, status }) => ({ text: step, completed: status === "completed" })),
  };
}
