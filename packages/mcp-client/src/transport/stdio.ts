/** A server that is a child process: one JSON message per line, both ways. */

import { osErrorText } from "@codex-ts/config";
import type { OutgoingMessage } from "../rpc/messages.js";
import { ConnectionClosed } from "../rpc/peer.js";
import { ChildTree, type ChildProgram } from "./child-tree.js";
import { LineBuffer } from "./line-buffer.js";
import type { Log, Transport, TransportHandlers } from "./transport.js";

/** Bytes of lines that nobody asked for, after which a server is read slowly. An answer that we want resets it. */
const FLOOD_BYTES = 1024 * 1024;

/** Least pause after each read of a server that floods: at 64 KiB a read it leaves nearly all the time to others. */
const FLOOD_PAUSE_MS = 20;

/** How many times as long as a read took the pause after it is: short lines that are no JSON cost the most. */
const FLOOD_PAUSE_FACTOR = 5;

/** Lines that are no JSON and are logged one by one. An answer that we want resets it. */
const GARBAGE_LINES = 20;

/** Bytes of stderr that are kept for the error of a server that dies. */
const STDERR_BYTES = 2_000;

/** The child's stdin and stdout. */
export class StdioTransport implements Transport {
  readonly #program: ChildProgram;
  readonly #log: Log;
  readonly #lines = new LineBuffer();
  #tree: ChildTree | null = null;
  #unasked = 0;
  #garbage = 0;
  #stderr = "";
  #closed = false;

  constructor(program: ChildProgram, log: Log) {
    this.#program = program;
    this.#log = log;
  }

  /** @throws {Error} in the words of the operating system when the program cannot be started */
  async open(handlers: TransportHandlers): Promise<void> {
    const tree = await this.#start();
    this.#tree = tree;
    const { stdin, stdout, stderr } = tree.process;
    // A child that is gone is told by its end; a broken pipe says no more.
    stdin.on("error", () => undefined);
    stdout.on("error", () => undefined);
    stderr.on("error", () => undefined);
    stdout.on("data", (chunk: Buffer) => this.#read(chunk, handlers));
    stderr.on("data", (chunk: Buffer) => this.#hear(chunk.toString("utf8")));
    void tree.ended.then(({ code, signal }) => {
      this.#log("info", `ended with ${signal ?? `code ${code}`}`);
      this.#end(handlers, new ConnectionClosed("Transport closed"));
    });
    if (this.#closed) await tree.close();
  }

  send(message: OutgoingMessage): Promise<void> {
    const stdin = this.#tree?.process.stdin;
    if (stdin === undefined || !stdin.writable) return Promise.reject(new ConnectionClosed("Transport closed"));
    stdin.write(`${JSON.stringify(message)}\n`);
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#tree?.close();
  }

  /** The last that the child wrote to stderr. */
  lastWords(): string {
    return this.#stderr.trim();
  }

  async #start(): Promise<ChildTree> {
    try {
      return await ChildTree.start(this.#program);
    } catch (error) {
      throw new Error(osErrorText(error), { cause: error });
    }
  }

  #read(chunk: Buffer, handlers: TransportHandlers): void {
    const began = performance.now();
    try {
      for (const line of this.#lines.push(chunk)) this.#take(line, handlers);
    } catch (error) {
      this.#tree?.kill();
      this.#end(handlers, error instanceof Error ? error : new Error(String(error)));
      return;
    }
    if (this.#unasked > FLOOD_BYTES) this.#pause((performance.now() - began) * FLOOD_PAUSE_FACTOR);
  }

  #take(line: string, handlers: TransportHandlers): void {
    if (this.#closed) return;
    this.#unasked += line.length + 1;
    if (line.trim() === "") return;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      // Banners and prints that miss stderr are common, and harmless when they are skipped.
      this.#skip(line);
      return;
    }
    if (!handlers.message(value)) return;
    this.#unasked = 0;
    this.#garbage = 0;
  }

  #skip(line: string): void {
    this.#garbage += 1;
    if (this.#garbage <= GARBAGE_LINES) this.#log("warn", `wrote a line that is no JSON: ${line.slice(0, 200)}`);
    if (this.#garbage === GARBAGE_LINES) this.#log("warn", "more such lines are not logged until it answers something");
  }

  /** Lets everybody else go first. */
  #pause(milliseconds: number): void {
    const stdout = this.#tree?.process.stdout;
    stdout?.pause();
    setTimeout(() => stdout?.resume(), Math.max(FLOOD_PAUSE_MS, milliseconds));
  }

  #hear(text: string): void {
    this.#stderr = (this.#stderr + text).slice(-STDERR_BYTES);
    this.#log("info", text.trimEnd());
  }

  #end(handlers: TransportHandlers, reason: Error): void {
    if (this.#closed) return;
    this.#closed = true;
    handlers.closed(reason);
    // Whatever the child started goes with it.
    void this.#tree?.close();
  }
}
