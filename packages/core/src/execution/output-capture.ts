/** Collects what a command writes: each stream for itself, both together, and in pieces for those who watch. */

import type { ExecOutputStream } from "@codex-ts/protocol";
import { HeadTailBuffer } from "./head-tail-buffer.js";
import { CharacterBorders, decodeOutput } from "./output-text.js";

/** Bytes kept of each stream; of both together twice as much. */
export const STREAM_LIMIT = 1024 * 1024;
/** Pieces told of each stream; later output is captured all the same. */
const MAX_DELTAS = 10_000;
/** Bytes of one piece at the most. */
const DELTA_SIZE = 8192;

/** Hears output as it comes, cut at character borders. */
export type OnOutput = (stream: ExecOutputStream, chunk: Uint8Array) => void;

/** What was written. */
export interface CapturedOutput {
  stdout: string;
  stderr: string;
  /** Both, in the order of arrival. */
  aggregated: string;
}

/** The output of one command. */
export class OutputCapture {
  readonly #streams = { stdout: new StreamCapture(), stderr: new StreamCapture() };
  readonly #both = new HeadTailBuffer(2 * STREAM_LIMIT);
  readonly #onOutput: OnOutput;

  constructor(onOutput: OnOutput) {
    this.#onOutput = onOutput;
  }

  take(stream: ExecOutputStream, chunk: Uint8Array): void {
    this.#both.append(chunk);
    this.#streams[stream].take(chunk, (piece) => this.#onOutput(stream, piece));
  }

  /** Tells what is left and sums up. */
  end(): CapturedOutput {
    this.#streams.stdout.end((piece) => this.#onOutput("stdout", piece));
    this.#streams.stderr.end((piece) => this.#onOutput("stderr", piece));
    return {
      stdout: decodeOutput(this.#streams.stdout.bytes()),
      stderr: decodeOutput(this.#streams.stderr.bytes()),
      aggregated: decodeOutput(this.#both.bytes()),
    };
  }
}

/** Tells a chunk in pieces of whole characters, none too large for one delta. @param borders where the stream goes on */
export function inPieces(
  chunk: Uint8Array,
  tell: (piece: Uint8Array) => void,
  borders: CharacterBorders = new CharacterBorders(),
): void {
  for (let at = 0; at < chunk.length; at += DELTA_SIZE) {
    tell(borders.cut(chunk.subarray(at, at + DELTA_SIZE)));
  }
}

/** The output of one stream. */
export class StreamCapture {
  readonly #kept = new HeadTailBuffer(STREAM_LIMIT);
  readonly #borders = new CharacterBorders();
  #told = 0;

  /** @param tell hears the chunk in pieces, each of whole characters */
  take(chunk: Uint8Array, tell: (piece: Uint8Array) => void): void {
    this.#kept.append(chunk);
    inPieces(chunk, (piece) => this.#tell(piece, tell), this.#borders);
  }

  /** Tells what is left of a last, incomplete character. */
  end(tell: (piece: Uint8Array) => void): void {
    this.#tell(this.#borders.end(), tell);
  }

  /** What is kept: the beginning, the end, and a line about the gap. */
  bytes(): Buffer {
    return this.#kept.bytes();
  }

  #tell(piece: Uint8Array, tell: (piece: Uint8Array) => void): void {
    if (piece.length === 0 || this.#told >= MAX_DELTAS) return;
    this.#told += 1;
    tell(piece);
  }
}
