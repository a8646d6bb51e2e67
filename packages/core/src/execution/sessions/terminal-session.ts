/** One command that lives on between calls: what it wrote since it was last looked at, and how it ended. */

import type { CommandItem, CommandResult, TurnId } from "@codex-ts/protocol";
import { HeadTailBuffer } from "../head-tail-buffer.js";
import { STREAM_LIMIT, StreamCapture } from "../output-capture.js";
import { CharacterBorders, decodeOutput } from "../output-text.js";
import type { LiveCommand, LiveEnd } from "../command-runner.js";
import type { HeldOutput } from "./held-output.js";

/** What a session begins with. */
export interface SessionFacts {
  /** By which the model names it. */
  id: number;
  /** The command as people see it. */
  item: CommandItem;
  /** The turn that started it; what it does later still belongs to that turn. */
  turnId: TurnId;
  tty: boolean;
  /** Where those who watch hear of output. */
  watchers: HeldOutput;
}

/** A running or ended command of the model. */
export class TerminalSession {
  readonly id: number;
  readonly item: CommandItem;
  readonly turnId: TurnId;
  readonly tty: boolean;
  readonly #startedAt = performance.now();
  readonly #transcript = new StreamCapture();
  readonly #borders = new CharacterBorders();
  readonly #watchers: HeldOutput;
  #unread = new HeadTailBuffer(STREAM_LIMIT);
  #command: LiveCommand | null = null;
  #end: LiveEnd | null = null;
  #durationMs = 0;
  #killed = false;

  /** Resolves when the command has ended and its output was taken. */
  readonly ended: Promise<LiveEnd>;
  readonly #resolveEnded: (end: LiveEnd) => void;

  constructor({ id, item, turnId, tty, watchers }: SessionFacts) {
    this.id = id;
    this.item = item;
    this.turnId = turnId;
    this.tty = tty;
    this.#watchers = watchers;
    const { promise, resolve } = Promise.withResolvers<LiveEnd>();
    this.ended = promise;
    this.#resolveEnded = resolve;
  }

  /** The command writes. */
  take(chunk: Uint8Array): void {
    this.#unread.append(chunk);
    this.#transcript.take(chunk, (piece) => this.#watchers.take(piece));
  }

  /** The command was started. */
  attach(command: LiveCommand): void {
    this.#command = command;
    void command.ended.then((end) => {
      this.#end = end;
      this.#durationMs = performance.now() - this.#startedAt;
      this.#transcript.end((piece) => this.#watchers.take(piece));
      this.#watchers.flush();
      this.#resolveEnded(end);
    });
  }

  /** How it ended; null while it runs. */
  get end(): LiveEnd | null {
    return this.#end;
  }

  /** Whether it has failed because of its sandbox. */
  get denied(): boolean {
    return this.#end?.kind === "exited" && this.#end.denied(this.transcript());
  }

  /** Whether it was ended by us. */
  get killed(): boolean {
    return this.#killed;
  }

  /** Types into its terminal. */
  write(text: string): void {
    this.#command?.write(text);
  }

  /** Ends it; it is over when `ended` says so. */
  kill(): void {
    if (this.#end !== null) return;
    this.#killed = true;
    this.#command?.end();
  }

  /** Waits for the end, for so many milliseconds at the most; returns early when the signal says so. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const early = Promise.withResolvers<void>();
    const timer = setTimeout(early.resolve, milliseconds);
    const onAbort = (): void => early.resolve();
    signal.addEventListener("abort", onAbort, { once: true });
    await Promise.race([this.ended, early.promise]);
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }

  /** What it wrote since it was last read. */
  read(): string {
    const bytes = this.#borders.cut(this.#unread.bytes());
    this.#unread = new HeadTailBuffer(STREAM_LIMIT);
    return decodeOutput(this.#end === null ? bytes : Buffer.concat([bytes, this.#borders.end()]));
  }

  /** Everything it wrote, within the limit. */
  transcript(): string {
    return decodeOutput(this.#transcript.bytes());
  }

  /** @param format words the output as events carry it */
  result(format: (output: string) => string): CommandResult {
    const output = this.transcript();
    const exitCode = this.#killed || this.#end?.kind !== "exited" ? -1 : this.#end.exitCode;
    return {
      stdout: output,
      stderr: "",
      aggregatedOutput: output,
      formattedOutput: format(output),
      exitCode,
      durationMs: this.#durationMs,
      timedOut: false,
    };
  }
}
