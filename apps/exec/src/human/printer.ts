/** Shows a run to a person as it happens: everything but the answer goes to stderr. */

import { quoteCommand } from "@codex-ts/shell-command";
import type { Notice, Plan, ThreadEvent, ThreadItem, TokenUsageInfo, TurnOutcome } from "@codex-ts/protocol";
import { changesText, diffText } from "./diff-text.js";
import { durationText } from "./duration.js";
import { firstLine, sanitise } from "./sanitise.js";
import type { Screen } from "./screen.js";
import type { Style } from "./style.js";
import { wrapProse } from "./wrap.js";

/** Lines of a command's output that are shown. */
const OUTPUT_LINES = 20;

/** Characters of a sub-agent's task that are shown. */
const TASK_LENGTH = 120;

/** What decides what is shown. */
export interface PrinterOptions {
  style: Style;
  screen: Screen;
  showReasoning: boolean;
  showRawReasoning: boolean;
  /** Milliseconds from any start. */
  now: () => number;
}

type Of<T extends ThreadItem["type"]> = Extract<ThreadItem, { type: T }>;

/** Prints a thread's events. */
export class HumanPrinter {
  readonly #style: Style;
  readonly #screen: Screen;
  readonly #options: PrinterOptions;
  /** What runs now: how it is named on the screen, and when it began. */
  readonly #running = new Map<string, { name: string; since: number }>();
  #usage: TokenUsageInfo | null = null;
  #diff = "";

  constructor(options: PrinterOptions) {
    this.#style = options.style;
    this.#screen = options.screen;
    this.#options = options;
  }

  /** Whether a diff stands between the last message and the end of the output. */
  get endsWithDiff(): boolean {
    return this.#diff !== "";
  }

  /** The agent's name above an answer that follows on stdout. */
  introduceAnswer(): void {
    this.#screen.section(this.#style.agent("codex"));
  }

  take(event: ThreadEvent): void {
    switch (event.type) {
      case "turn.started":
        this.#showWork();
        break;
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
      case "question.asked":
        if (event.question.kind === "elicitation") {
          this.#screen.line(`elicitation request ${sanitise(event.question.server)}`);
          this.#screen.line("auto-cancelling (not supported in exec mode)");
        }
        break;
      case "thread.configured":
      case "item.delta":
      case "question.answered":
      case "reply":
      case "response.item":
        break;
    }
  }

  /** What is worked on, for waits. */
  #showWork(): void {
    const [first] = this.#running.values();
    const others = this.#running.size - 1;
    const more = others > 0 ? ` and ${others} more` : "";
    this.#screen.busy(first === undefined ? "Working" : `${first.name}${more}`);
  }

  #prose(text: string): string {
    const { columns } = this.#screen;
    return columns === null ? sanitise(text) : wrapProse(sanitise(text), columns);
  }

  #begin(id: string, name: string): void {
    this.#running.set(id, { name, since: this.#options.now() });
    this.#showWork();
  }

  /** @returns how long it took, in words */
  #finish(id: string): string {
    const since = this.#running.get(id)?.since ?? this.#options.now();
    this.#running.delete(id);
    this.#showWork();
    return durationText(this.#options.now() - since);
  }

  #started(item: ThreadItem): void {
    const { agent, bold } = this.#style;
    switch (item.type) {
      case "command": {
        this.#screen.section(agent("exec"));
        this.#screen.open(item.id, this.#commandText(item));
        return this.#begin(item.id, `Running ${firstLine(item.argv.at(-1) ?? "")}`);
      }
      case "mcpCall": {
        const { server, tool } = item.invocation;
        this.#screen.section(`${agent("tool")} ${bold(invocationText(item))}`);
        return this.#begin(item.id, `Calling ${firstLine(`${server}.${tool}`)}`);
      }
      case "webSearch":
        this.#screen.line("🌐 Searching the web...");
        return this.#begin(item.id, "Searching the web");
      case "fileChange":
        if (Object.keys(item.changes).length > 0) {
          this.#screen.section(`${agent("file update")}\n${changesText(item.changes, this.#style)}`);
        }
        return this.#begin(item.id, "Writing files");
      case "subAgent": {
        const task = item.prompt === null ? "" : `, prompt="${shortened(sanitise(item.prompt))}"`;
        this.#screen.line(`collab ${item.tool}(${sanitise(item.id)}${task})`);
        return this.#begin(item.id, item.tool === "wait" ? "Waiting for agents" : "Working");
      }
      case "agentMessage":
      case "reasoning":
      case "imageView":
      case "userMessage":
      case "review":
        return;
    }
  }

  #commandText({ argv, cwd }: Of<"command">): string {
    return `${this.#style.bold(sanitise(quoteCommand(argv)))} in ${sanitise(cwd)}`;
  }

  #ended(item: ThreadItem): void {
    const { agent, red, green } = this.#style;
    switch (item.type) {
      case "agentMessage":
        if (item.text !== "") this.#screen.section(`${agent("codex")}\n${this.#prose(item.text)}`);
        return;
      case "reasoning":
        return this.#reasoning(item);
      case "command":
        return this.#commandEnded(item);
      case "fileChange": {
        const time = this.#finish(item.id);
        const what = `apply_patch(auto_approved=${item.autoApproved})`;
        if (item.status === "completed") {
          this.#screen.line(green(`${what} exited 0 in ${time}:`));
          return this.#output(item.stdout);
        }
        this.#screen.line(red(item.status === "declined" ? `${what} declined:` : `${what} exited 1 in ${time}:`));
        return this.#output(item.stderr);
      }
      case "mcpCall": {
        this.#finish(item.id);
        const failed = item.error !== null || item.result?.isError === true;
        const text = `${invocationText(item)} ${failed ? "failed" : "success"} in ${durationText(item.durationMs ?? 0)}:`;
        this.#screen.line(failed ? red(text) : green(text));
        return this.#output(item.result === null ? (item.error ?? "") : JSON.stringify(item.result, null, 2));
      }
      case "webSearch":
        this.#finish(item.id);
        return this.#screen.line(item.query === "" ? "🌐 Searched the web" : `🌐 Searched: ${sanitise(item.query)}`);
      case "imageView":
        return this.#screen.line(`viewed image ${sanitise(item.path)}`);
      case "subAgent":
        this.#finish(item.id);
        this.#screen.line(`${item.tool} ${item.status}:`);
        for (const id of item.receiverThreadIds) this.#screen.line(`  agent: ${sanitise(id)}`);
        return;
      case "userMessage":
      case "review":
        return;
    }
  }

  #commandEnded(item: Of<"command">): void {
    const { red, green } = this.#style;
    const { result, status } = item;
    this.#finish(item.id);
    const again = this.#commandText(item);
    if (status === "declined") {
      this.#screen.close(item.id, red("declined:"), again);
      return this.#output(result?.stderr ?? "");
    }
    if (result === null) return this.#screen.close(item.id, "still runs; it is ended now", again);
    const time = durationText(result.durationMs);
    const { exitCode } = result;
    const end = exitCode === 0 ? green(`succeeded in ${time}:`) : red(`exited ${exitCode} in ${time}:`);
    this.#screen.close(item.id, end, again);
    this.#output(result.aggregatedOutput);
  }

  #reasoning(item: Of<"reasoning">): void {
    const { agent, dim } = this.#style;
    const texts = [
      ...(this.#options.showReasoning ? item.summary : []),
      ...(this.#options.showRawReasoning ? item.raw : []),
    ];
    if (texts.length > 0) this.#screen.section(`${agent("thinking")}\n${dim(this.#prose(texts.join("\n\n")))}`);
  }

  #output(text: string): void {
    if (text === "") return;
    const lines = sanitise(text).replace(/\n$/, "").split("\n");
    const shown = lines.slice(0, OUTPUT_LINES);
    if (lines.length > OUTPUT_LINES) shown.push(`… ${lines.length - OUTPUT_LINES} more lines`);
    this.#screen.line(shown.map((line) => this.#style.dim(line)).join("\n"));
  }

  #plan({ explanation, plan }: Plan): void {
    const { agent, green, cyan, dim } = this.#style;
    const mark = { completed: green("✓"), in_progress: cyan("→"), pending: dim("•") };
    const lines = [agent("Plan update")];
    if (explanation !== null && explanation !== "") lines.push(this.#prose(explanation));
    for (const { step, status } of plan) {
      const text = sanitise(step);
      lines.push(`  ${mark[status]} ${status === "pending" ? dim(text) : text}`);
    }
    this.#screen.section(lines.join("\n"));
  }

  #notice(notice: Notice): void {
    const { yellow, red, dim } = this.#style;
    const line = (text: string): void => this.#screen.line(text);
    switch (notice.kind) {
      case "warning":
        return line(`${yellow("warning:")} ${this.#prose(notice.message)}`);
      case "error":
        return line(`${red("ERROR:")} ${this.#prose(notice.error.message)}`);
      case "deprecation":
        line(`${yellow("deprecated:")} ${this.#prose(notice.summary)}`);
        return notice.details === null ? undefined : line(dim(`  ${sanitise(notice.details)}`));
      case "background":
        return line(dim(sanitise(notice.message)));
      case "retrying": {
        const { message, additionalDetails: details } = notice;
        return line(dim(sanitise(details === null ? message : `${message} (${details})`)));
      }
      case "compacted":
        return line("context compacted");
      case "mcpStartup": {
        const { state } = notice.status;
        const text = `mcp: ${sanitise(notice.server)} ${state}`;
        return line(state === "failed" ? red(`${text}: ${sanitise(notice.status.error)}`) : dim(text));
      }
      case "mcpStartupComplete":
        return line(dim(`mcp startup: ${startupText(notice)}`));
      case "rolledBack":
      case "undoStarted":
      case "undoCompleted":
      case "skillsChanged":
      case "shutdownComplete":
        return;
    }
  }

  #turnEnded(outcome: TurnOutcome): void {
    const { red, agent } = this.#style;
    this.#screen.end();
    if (outcome.kind === "failed") this.#screen.line(`${red("ERROR:")} ${this.#prose(outcome.error.message)}`);
    if (outcome.kind === "interrupted") this.#screen.line("task interrupted");
    if (this.#diff !== "") this.#screen.section(`${agent("file update:")}\n${diffText(this.#diff, this.#style)}`);
    const total = this.#usage?.total_token_usage;
    if (total === undefined) return;
    const tokens = total.input_tokens - total.cached_input_tokens + total.output_tokens;
    this.#screen.section(`${agent("tokens used")}\n${tokens.toLocaleString("en-US")}`);
  }
}

// helpers

function startupText({ ready, failed, cancelled }: Extract<Notice, { kind: "mcpStartupComplete" }>): string {
  const parts = [
    ready.length > 0 ? `ready: ${ready.join(", ")}` : null,
    failed.length > 0 ? `failed: ${failed.map(({ server }) => server).join(", ")}` : null,
    cancelled.length > 0 ? `cancelled: ${cancelled.join(", ")}` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? "no servers" : sanitise(parts.join("; "));
}

function invocationText({ invocation }: Of<"mcpCall">): string {
  const { server, tool, arguments: args } = invocation;
  return sanitise(`${server}.${tool}(${args === undefined || args === null ? "" : JSON.stringify(args)})`);
}

function shortened(prompt: string): string {
  return prompt.length > TASK_LENGTH ? `${prompt.slice(0, TASK_LENGTH)}…` : prompt;
}
