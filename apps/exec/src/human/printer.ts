/** Shows a run to a person as it happens: everything but the answer goes to stderr. */

import { quoteCommand } from "@codex-ts/shell-command";
import type {
  FileChanges,
  Notice,
  Plan,
  ThreadEvent,
  ThreadItem,
  TokenUsageInfo,
  TurnOutcome,
} from "@codex-ts/protocol";
import { durationText } from "./duration.js";
import { sanitise } from "./sanitise.js";
import type { Style } from "./style.js";

/** Lines of a command's output that are shown. */
const OUTPUT_LINES = 20;

/** What decides what is shown. */
export interface PrinterOptions {
  style: Style;
  /** Writes to stderr. */
  write: (text: string) => void;
  showReasoning: boolean;
  showRawReasoning: boolean;
}

/** Prints a thread's events. */
export class HumanPrinter {
  readonly #style: Style;
  readonly #write: (text: string) => void;
  readonly #options: PrinterOptions;
  #usage: TokenUsageInfo | null = null;
  #diff = "";

  constructor(options: PrinterOptions) {
    this.#style = options.style;
    this.#write = options.write;
    this.#options = options;
  }

  take(event: ThreadEvent): void {
    switch (event.type) {
      case "item.started":
        this.#started(event.item);
        break;
      case "item.ended":
        this.#ended(event.item);
        break;
      case "turn.plan":
        this.#plan(event.plan);
        break;
      case "turn.diff":
        this.#diff = event.diff;
        break;
      case "usage":
        this.#usage = event.usage ?? this.#usage;
        break;
      case "notice":
        this.#notice(event.notice);
        break;
      case "turn.ended":
        this.#turnEnded(event.outcome);
        break;
      default:
        break;
    }
  }

  #line(text: string): void {
    this.#write(`${text}\n`);
  }

  #started(item: ThreadItem): void {
    const { bold, agent } = this.#style;
    switch (item.type) {
      case "command":
        this.#write(`${agent("exec")}\n${bold(sanitise(quoteCommand(item.argv)))} in ${item.cwd}`);
        break;
      case "mcpCall":
        this.#line(`${agent("tool")} ${bold(invocationText(item))}`);
        break;
      case "webSearch":
        this.#line("🌐 Searching the web...");
        break;
      case "fileChange":
        this.#line(agent("file update"));
        this.#write(changesText(item.changes, this.#style));
        break;
      case "subAgent":
        this.#line(
          `collab ${item.tool}(${item.prompt === null ? item.id : `${item.id}, prompt="${shortened(item.prompt)}"`})`,
        );
        break;
      default:
        break;
    }
  }

  #ended(item: ThreadItem): void {
    const { red, green, agent } = this.#style;
    switch (item.type) {
      case "agentMessage":
        if (item.text !== "") this.#line(`${agent("codex")}\n${sanitise(item.text)}`);
        break;
      case "reasoning":
        this.#reasoning(item);
        break;
      case "command": {
        const { result } = item;
        if (result === null || item.status === "declined") {
          this.#line(red(` ${item.status}: ${result?.stderr ?? ""}`));
          break;
        }
        const time = durationText(result.durationMs);
        this.#line(
          result.exitCode === 0 ? green(` succeeded in ${time}:`) : red(` exited ${result.exitCode} in ${time}:`),
        );
        this.#output(result.aggregatedOutput);
        break;
      }
      case "fileChange":
        this.#line(
          item.status === "completed"
            ? green(`apply_patch(auto_approved=${item.autoApproved}) succeeded:`)
            : red(`apply_patch(auto_approved=${item.autoApproved}) ${item.status}:`),
        );
        this.#output(item.status === "completed" ? item.stdout : item.stderr);
        break;
      case "mcpCall": {
        const failed = item.error !== null || item.result?.isError === true;
        const time = durationText(item.durationMs ?? 0);
        this.#line(
          failed
            ? red(`${invocationText(item)} failed in ${time}:`)
            : green(`${invocationText(item)} success in ${time}:`),
        );
        if (item.result !== null) this.#output(JSON.stringify(item.result, null, 2));
        else if (item.error !== null) this.#output(item.error);
        break;
      }
      case "webSearch":
        this.#line(item.query === "" ? "🌐 Searched the web" : `🌐 Searched: ${sanitise(item.query)}`);
        break;
      case "imageView":
        this.#line(`viewed image ${item.path}`);
        break;
      case "subAgent":
        this.#line(`${item.tool} ${item.status}:`);
        for (const id of item.receiverThreadIds) this.#line(`  agent: ${id}`);
        break;
      case "userMessage":
      case "review":
        break;
    }
  }

  #reasoning(item: Extract<ThreadItem, { type: "reasoning" }>): void {
    const { agent, dim } = this.#style;
    const texts = [
      ...(this.#options.showReasoning ? item.summary : []),
      ...(this.#options.showRawReasoning ? item.raw : []),
    ];
    if (texts.length > 0) this.#line(`${agent("thinking")}\n${dim(sanitise(texts.join("\n\n")))}`);
  }

  #output(text: string): void {
    const lines = sanitise(text).replace(/\n$/, "").split("\n");
    for (const line of lines.slice(0, OUTPUT_LINES)) this.#line(this.#style.dim(line));
    if (lines.length > OUTPUT_LINES) this.#line(this.#style.dim(`… ${lines.length - OUTPUT_LINES} more lines`));
  }

  #plan({ explanation, plan }: Plan): void {
    const { agent, green, cyan, dim } = this.#style;
    this.#line(agent("Plan update"));
    if (explanation !== null && explanation !== "") this.#line(sanitise(explanation));
    const mark = { completed: green("✓"), in_progress: cyan("→"), pending: dim("•") };
    for (const { step, status } of plan) this.#line(`  ${mark[status]} ${sanitise(step)}`);
  }

  #notice(notice: Notice): void {
    const { yellow, red, dim } = this.#style;
    switch (notice.kind) {
      case "warning":
        return this.#line(`${yellow("warning:")} ${notice.message}`);
      case "error":
        return this.#line(`${red("ERROR:")} ${notice.error.message}`);
      case "deprecation":
        this.#line(`${yellow("deprecated:")} ${notice.summary}`);
        return notice.details === null ? undefined : this.#line(dim(`  ${notice.details}`));
      case "background":
        return this.#line(dim(notice.message));
      case "retrying":
        return this.#line(
          dim(notice.additionalDetails === null ? notice.message : `${notice.message} (${notice.additionalDetails})`),
        );
      case "compacted":
        return this.#line("context compacted");
      case "mcpStartup":
        return this.#line(
          notice.status.state === "failed"
            ? red(`mcp: ${notice.server} failed: ${notice.status.error}`)
            : dim(`mcp: ${notice.server} ${notice.status.state}`),
        );
      case "mcpStartupComplete":
        return this.#line(dim(`mcp startup: ${startupText(notice)}`));
      default:
        return;
    }
  }

  #turnEnded(outcome: TurnOutcome): void {
    const { red, agent, bold } = this.#style;
    if (outcome.kind === "failed") this.#line(`${red("ERROR:")} ${outcome.error.message}`);
    if (outcome.kind === "interrupted") this.#line("task interrupted");
    if (this.#diff !== "") this.#line(`${agent("file update:")}\n${colouredDiff(this.#diff, this.#style)}`);
    const total = this.#usage?.total_token_usage;
    if (total === undefined) return;
    const tokens = total.input_tokens - total.cached_input_tokens + total.output_tokens;
    this.#line(`${bold("tokens used")}\n${tokens.toLocaleString("en-US")}`);
  }
}

// helpers

function startupText({ ready, failed, cancelled }: Extract<Notice, { kind: "mcpStartupComplete" }>): string {
  const parts = [
    ready.length > 0 ? `ready: ${ready.join(", ")}` : null,
    failed.length > 0 ? `failed: ${failed.map(({ server }) => server).join(", ")}` : null,
    cancelled.length > 0 ? `cancelled: ${cancelled.join(", ")}` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? "no servers" : parts.join("; ");
}

function invocationText({ invocation }: Extract<ThreadItem, { type: "mcpCall" }>): string {
  const { server, tool, arguments: args } = invocation;
  return `${server}.${tool}(${args === undefined || args === null ? "" : JSON.stringify(args)})`;
}

function changesText(changes: FileChanges, style: Style): string {
  let text = "";
  for (const [path, change] of Object.entries(changes)) {
    switch (change.type) {
      case "add":
        text += `${style.green("A")} ${path}\n${style.green(withNewline(change.content))}`;
        break;
      case "delete":
        text += `${style.red("D")} ${path}\n`;
        break;
      case "update":
        text += change.move_path
          ? `${style.cyan("R")} ${path} -> ${change.move_path}\n`
          : `${style.cyan("M")} ${path}\n`;
        text += withNewline(colouredDiff(change.unified_diff, style));
        break;
    }
  }
  return text;
}

function colouredDiff(diff: string, style: Style): string {
  return sanitise(diff)
    .split("\n")
    .map((line) => (line.startsWith("+") ? style.green(line) : line.startsWith("-") ? style.red(line) : line))
    .join("\n");
}

function withNewline(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function shortened(prompt: string): string {
  return prompt.length > 120 ? `${prompt.slice(0, 120)}…` : prompt;
}
