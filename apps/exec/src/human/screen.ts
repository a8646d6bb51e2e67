/** Writes finished lines, and on a terminal one line below them that says what is going on while nothing else happens. */

import { cutToWidth } from "./wrap.js";

/** The terminal that is written to. */
export interface Terminal {
  /** Its width now. */
  columns(): number;
  dim(text: string): string;
}

/** What a screen needs. */
export interface ScreenOptions {
  write: (text: string) => void;
  /** null: a file or pipe, which gets finished lines only. */
  terminal: Terminal | null;
}

/** A wait that is shorter needs no words. */
const QUIET_MS = 200;
const FRAME_MS = 100;
const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** Lines in the order in which they are finished. */
export class Screen {
  readonly #write: (text: string) => void;
  readonly #terminal: Terminal | null;
  /** The beginning of a line that is the last thing written; `broken`: the line about waiting took its end's place. */
  #open: { key: string; broken: boolean } | null = null;
  #status: { text: string; since: number } | null = null;
  #isStatusShown = false;
  #quietSince = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor({ write, terminal }: ScreenOptions) {
    this.#write = write;
    this.#terminal = terminal;
  }

  /** Width for prose; null: lines are not to be broken. */
  get columns(): number | null {
    return this.#terminal?.columns() ?? null;
  }

  /** Finished text, without its last line break. */
  line(text: string): void {
    this.#hideStatus();
    this.#breakOpen();
    this.#write(`${text}\n`);
  }

  /** Finished text that begins something new: on a terminal a blank line sets it off. */
  section(text: string): void {
    this.line(this.#terminal === null ? text : `\n${text}`);
  }

  /** A line whose end comes later, by {@link close}. */
  open(key: string, text: string): void {
    this.#hideStatus();
    this.#breakOpen();
    this.#write(text);
    this.#open = { key, broken: false };
  }

  /** The end of a line: behind its beginning if that is still the last thing, else with `again` in front. */
  close(key: string, end: string, again: string): void {
    this.#hideStatus();
    const open = this.#open;
    if (open?.key !== key) this.line(`${again} ${end}`);
    else this.#write(open.broken ? `${end}\n` : ` ${end}\n`);
    this.#open = null;
  }

  /** What is being done now, to be shown when it takes a while; null: nothing is waited for. */
  busy(text: string | null): void {
    if (this.#terminal === null || text === this.#status?.text) return;
    this.#hideStatus();
    this.#status = text === null ? null : { text, since: performance.now() };
    if (text === null) this.#stopTimer();
    else this.#timer ??= startTimer(() => this.#tick());
  }

  /** Nothing more comes. */
  end(): void {
    this.busy(null);
    this.#breakOpen();
  }

  #breakOpen(): void {
    if (this.#open?.broken === false) this.#write("\n");
    this.#open = null;
  }

  #tick(): void {
    const now = performance.now();
    if (this.#status === null || this.#terminal === null || now - this.#quietSince < QUIET_MS) return;
    const { text, since } = this.#status;
    const seconds = Math.floor((now - since) / 1000);
    const frame = FRAMES[Math.floor(now / FRAME_MS) % FRAMES.length] ?? "";
    const words = `${frame} ${text} ${seconds}s · Ctrl-C stops`;
    if (this.#open?.broken === false) {
      this.#open.broken = true;
      this.#write("\n");
    }
    this.#write(`\r${this.#terminal.dim(cutToWidth(words, this.#terminal.columns() - 1))}\u001b[K`);
    this.#isStatusShown = true;
  }

  #hideStatus(): void {
    this.#quietSince = performance.now();
    if (!this.#isStatusShown) return;
    this.#isStatusShown = false;
    this.#write("\r\u001b[K");
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}

function startTimer(tick: () => void): NodeJS.Timeout {
  const timer = setInterval(tick, FRAME_MS);
  timer.unref();
  return timer;
}
