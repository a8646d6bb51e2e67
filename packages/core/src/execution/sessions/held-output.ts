/**
 * Live output of a command that goes on by itself, for those who watch: held back while they cannot take more. A command
 * on a terminal cannot be paused, so what is held is bounded, and what did not fit is marked. Nothing is held from the
 * model: it reads another copy.
 */

import { HeadTailBuffer } from "../head-tail-buffer.js";
import { inPieces, STREAM_LIMIT } from "../output-capture.js";

/** Passes pieces of output on, at the watchers' pace. */
export class HeldOutput {
  readonly #tell: (piece: Uint8Array) => void;
  readonly #congestion: () => Promise<unknown> | null;
  #held: HeadTailBuffer | null = null;

  /** @param congestion resolves when whoever is told can take more; null: now */
  constructor(tell: (piece: Uint8Array) => void, congestion: () => Promise<unknown> | null) {
    this.#tell = tell;
    this.#congestion = congestion;
  }

  /** One more piece, of whole characters. */
  take(piece: Uint8Array): void {
    if (this.#held !== null) return this.#held.append(piece);
    this.#tell(piece);
    const jam = this.#congestion();
    if (jam === null) return;
    const held = new HeadTailBuffer(STREAM_LIMIT);
    this.#held = held;
    void jam.finally(() => {
      if (this.#held === held) this.flush();
    });
  }

  /** Tells what was held: the watchers can take it, or the command has ended. */
  flush(): void {
    const held = this.#held;
    this.#held = null;
    if (held !== null) inPieces(held.bytes(), this.#tell);
  }
}
