/** The two ways to show a run: JSON lines for programs, text for people. */

import type { Config } from "@codex-ts/config";
import type { Thread } from "@codex-ts/core";
import { VERSION, type Outbox, type Program } from "@codex-ts/launch";
import type { ThreadEvent } from "@codex-ts/protocol";
import { ExecProjection, lineOf } from "@codex-ts/sdk/events";
import { banner } from "./human/banner.js";
import { HumanPrinter } from "./human/printer.js";
import { sanitise } from "./human/sanitise.js";
import { Screen } from "./human/screen.js";
import { makeStyle, type Style } from "./human/style.js";

/** Shows events. */
export interface Output {
  take(event: ThreadEvent): void;
  /** The run is over. Resolves when all is written. */
  end(lastMessage: string | null): Promise<void>;
}

/**
 * One event a line on stdout, each written at once, or as soon as its reader takes it.
 * @param isTerminated whether SIGTERM ended the run: then the turn has no last line. It is how SDKs abort a turn, and
 *   the official one would tell its caller of a failed turn and not of the abort
 */
export function jsonOutput(program: Program, outbox: Outbox, isTerminated: () => boolean): Output {
  const projection = new ExecProjection();
  return {
    take: (event) => {
      // The lines have no place for it, but somebody should know.
      if (event.type === "notice" && event.notice.kind === "deprecation") {
        program.stderr(`deprecated: ${sanitise(event.notice.summary)}\n`);
      }
      const lines = projection.take(event).filter(({ type }) => type !== "turn.failed" || !isTerminated());
      for (const line of lines) outbox.send(lineOf(line));
      outbox.push();
    },
    end: () => outbox.flushed(),
  };
}

/** What a person's output depends on. */
export interface HumanOptions {
  config: Config;
  thread: Thread;
  colour: "always" | "never" | "auto";
  prompt: string;
}

/** Progress on stderr, the answer on stdout. */
export function humanOutput(program: Program, { config, thread, colour, prompt }: HumanOptions): Output {
  const isTerminal = program.stderrIsTerminal() && program.env["TERM"] !== "dumb";
  const style = makeStyle(colour === "always" || (colour === "auto" && isTerminal && !program.env["NO_COLOR"]));
  const terminal = isTerminal ? { columns: () => program.stderrColumns(), dim: style.dim } : null;
  const screen = new Screen({ write: (text) => program.stderr(text), terminal });
  screen.line(bannerOf(config, thread, style));
  screen.section(`${style.cyan("user")}\n${sanitise(prompt)}`);
  const printer = new HumanPrinter({
    style,
    screen,
    showReasoning: !config.hideAgentReasoning,
    showRawReasoning: config.showRawAgentReasoning,
    now: () => performance.now(),
  });
  return {
    take: (event) => printer.take(event),
    end: (lastMessage) => {
      screen.end();
      // On a terminal the answer stands right above among the events, unless the turn's diff came in between.
      const isOneTerminal = program.stdoutIsTerminal() && program.stderrIsTerminal();
      if (lastMessage !== null && (!isOneTerminal || printer.endsWithDiff)) {
        if (isOneTerminal) printer.introduceAnswer();
        // Programs get the text as it is.
        const text = program.stdoutIsTerminal() ? sanitise(lastMessage) : lastMessage;
        program.stdout(text.endsWith("\n") ? text : `${text}\n`);
      }
      return Promise.resolve();
    },
  };
}

// helpers

function bannerOf(config: Config, thread: Thread, style: Style): string {
  const { settings } = thread;
  return banner(
    {
      version: VERSION,
      cwd: settings.cwd,
      model: settings.model,
      provider: config.modelProviderId,
      approval: settings.approvalPolicy,
      sandbox: settings.sandboxPolicy,
      reasoning:
        config.modelProvider.wireApi === "chat" ? null : { effort: settings.effort, summary: settings.summary },
      threadId: thread.id,
    },
    style,
  );
}
