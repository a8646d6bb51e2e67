/** Folds ThreadEvents into the lines of `codex exec --json`. Pure. */

import { quoteCommand } from "@codex-ts/shell-command";
import type {
  AgentStatus,
  Plan,
  ThreadEvent as CoreEvent,
  ThreadItem as CoreItem,
  TokenUsageInfo,
  TurnOutcome,
} from "@codex-ts/protocol";
import { searchAction } from "./search-action.js";
import type { ThreadEvent } from "./thread-event.js";
import type { CommandExecutionStatus, ThreadItem } from "./thread-item.js";

/** An item before it has its number. */
type WithoutId<Item> = Item extends unknown ? Omit<Item, "id"> : never;
type ItemBody = WithoutId<ThreadItem>;

/** Turns events into lines; keeps the numbers of items and what a turn's end has to tell. */
export class ExecProjection {
  readonly #numbers = new Map<string, number>();
  /** Commands that run: sessions go on when their turn ends, and no line may follow the turn's last one. */
  readonly #running = new Map<string, Of<"command">>();
  #items = 0;
  #plan: { number: number; plan: Plan } | null = null;
  #usage: TokenUsageInfo | null = null;

  /** The lines for an event; mostly none or one. */
  take(event: CoreEvent): ThreadEvent[] {
    switch (event.type) {
      case "thread.configured":
        return event.origin === null ? [] : [{ type: "thread.started", thread_id: event.threadId }];
      case "turn.started":
        return [{ type: "turn.started" }];
      case "turn.plan":
        return [this.#planLine(event.plan)];
      case "item.started":
        return this.#started(event.item);
      case "item.ended":
        return this.#ended(event.item);
      case "usage":
        this.#usage = event.usage ?? this.#usage;
        return [];
      case "notice":
        return this.#notice(event.notice);
      case "turn.ended":
        return [...fatalLine(event.outcome), ...this.#closing(), this.#turnLine(event.outcome)];
      case "item.delta":
      case "question.asked":
      case "question.answered":
      case "turn.diff":
      case "reply":
      case "response.item":
        return [];
    }
  }

  #started(item: CoreItem): ThreadEvent[] {
    const body = startedBody(item);
    if (body === null) return [];
    if (item.type === "command") this.#running.set(item.id, item);
    return [{ type: "item.started", item: { id: this.#idOf(item), ...body } }];
  }

  #ended(item: CoreItem): ThreadEvent[] {
    if (item.type === "command" && !this.#running.delete(item.id)) return [];
    return endedBodies(item).map((body) => {
      const known = this.#numbers.has(item.id) || item.type !== "reasoning";
      const id = known ? this.#idOf(item) : `item_${this.#items++}`;
      return { type: "item.completed", item: { id, ...body } };
    });
  }

  #planLine(plan: Plan): ThreadEvent {
    const first = this.#plan === null;
    const number = this.#plan?.number ?? this.#items++;
    this.#plan = { number, plan };
    return { type: first ? "item.started" : "item.updated", item: { id: `item_${number}`, ...todoList(plan) } };
  }

  #notice(notice: Extract<CoreEvent, { type: "notice" }>["notice"]): ThreadEvent[] {
    switch (notice.kind) {
      case "retrying": {
        const details = notice.additionalDetails;
        return [{ type: "error", message: details === null ? notice.message : `${notice.message} (${details})` }];
      }
      case "error":
        return [{ type: "error", message: notice.error.message }];
      case "warning":
        return [this.#errorItem(notice.message)];
      default:
        return [];
    }
  }

  #errorItem(message: string): ThreadEvent {
    return { type: "item.completed", item: { id: `item_${this.#items++}`, type: "error", message } };
  }

  /** What is still open when the turn ends. */
  #closing(): ThreadEvent[] {
    const lines: ThreadEvent[] = [];
    for (const item of this.#running.values()) {
      lines.push({ type: "item.completed", item: { id: this.#idOf(item), ...commandBody(item, "completed") } });
    }
    this.#running.clear();
    if (this.#plan !== null) {
      const { number, plan } = this.#plan;
      lines.push({ type: "item.completed", item: { id: `item_${number}`, ...todoList(plan) } });
      this.#plan = null;
    }
    return lines;
  }

  #turnLine(outcome: TurnOutcome): ThreadEvent {
    switch (outcome.kind) {
      case "completed": {
        const total = this.#usage?.total_token_usage;
        return {
          type: "turn.completed",
          usage: {
            input_tokens: total?.input_tokens ?? 0,
            cached_input_tokens: total?.cached_input_tokens ?? 0,
            output_tokens: total?.output_tokens ?? 0,
          },
        };
      }
      case "failed":
        return { type: "turn.failed", error: { message: outcome.error.message } };
      case "interrupted":
        return { type: "turn.failed", error: { message: "interrupted" } };
    }
  }

  /** Items are numbered in the order in which they first appear. */
  #idOf(item: CoreItem): string {
    let number = this.#numbers.get(item.id);
    if (number === undefined) {
      number = this.#items++;
      this.#numbers.set(item.id, number);
    }
    return `item_${number}`;
  }
}

// helpers

/** A failure is said twice: as it happens, and as the turn's end. */
function fatalLine(outcome: TurnOutcome): ThreadEvent[] {
  return outcome.kind === "failed" ? [{ type: "error", message: outcome.error.message }] : [];
}

function startedBody(item: CoreItem): ItemBody | null {
  switch (item.type) {
    case "command":
      return commandBody(item, "in_progress");
    case "mcpCall":
      return mcpBody(item, "in_progress");
    case "subAgent":
      return collabBody(item, "in_progress");
    case "webSearch":
      return { type: "web_search", call_id: item.id, query: item.query, action: searchAction(item.action) };
    default:
      return null;
  }
}

function endedBodies(item: CoreItem): ItemBody[] {
  switch (item.type) {
    case "agentMessage":
      return item.text === "" ? [] : [{ type: "agent_message", text: item.text }];
    case "reasoning":
      return item.summary.map((text) => ({ type: "reasoning", text }));
    case "command":
      return [commandBody(item, commandStatus(item))];
    case "fileChange":
      return [
        {
          type: "file_change",
          changes: Object.entries(item.changes).map(([path, change]) => ({ path, kind: change.type })),
          status: item.status === "completed" ? "completed" : "failed",
        },
      ];
    case "mcpCall":
      return [mcpBody(item, item.error !== null || item.result?.isError === true ? "failed" : "completed")];
    case "subAgent":
      return [collabBody(item, item.status === "completed" ? "completed" : "failed")];
    case "webSearch":
      return [{ type: "web_search", call_id: item.id, query: item.query, action: searchAction(item.action) }];
    case "userMessage":
    case "imageView":
    case "review":
      return [];
  }
}

type Of<T extends CoreItem["type"]> = Extract<CoreItem, { type: T }>;

function commandStatus(item: Of<"command">): CommandExecutionStatus {
  if (item.status === "declined") return "declined";
  return item.result !== null && item.result.exitCode === 0 ? "completed" : "failed";
}

function commandBody(item: Of<"command">, status: CommandExecutionStatus): ItemBody {
  return {
    type: "command_execution",
    command: quoteCommand(item.argv),
    aggregated_output: item.result?.aggregatedOutput ?? "",
    exit_code: item.result?.exitCode ?? null,
    status,
  };
}

function mcpBody(item: Of<"mcpCall">, status: "in_progress" | "completed" | "failed"): ItemBody {
  const { invocation, result, error } = item;
  return {
    type: "mcp_tool_call",
    server: invocation.server,
    tool: invocation.tool,
    arguments: invocation.arguments ?? null,
    result: result === null ? null : { content: result.content, structured_content: result.structuredContent ?? null },
    error: error === null ? null : { message: error },
    status,
  };
}

function collabBody(item: Of<"subAgent">, status: "in_progress" | "completed" | "failed"): ItemBody {
  const receivers =
    item.tool === "wait" && status !== "in_progress" ? item.receiverThreadIds.toSorted() : item.receiverThreadIds;
  return {
    type: "collab_tool_call",
    tool: item.tool,
    sender_thread_id: item.senderThreadId,
    receiver_thread_ids: receivers,
    prompt: item.prompt,
    agents_states: Object.fromEntries(Object.entries(item.states).map(([id, state]) => [id, agentState(state)])),
    status,
  };
}

function agentState(status: AgentStatus): { status: string; message: string | null } {
  if (typeof status === "string") return { status, message: null };
  if ("completed" in status) return { status: "completed", message: status.completed };
  return { status: "errored", message: status.errored };
}

function todoList({ plan }: Plan): ItemBody {
  return {
    type: "todo_list",
    items: plan.map(({ step, status }) => ({ text: step, completed: status === "completed" })),
  };
}
