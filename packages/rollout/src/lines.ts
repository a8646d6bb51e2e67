/** The lines of a file as text, read in pieces of a fixed size, from its beginning or from its end. */

import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const CHUNK_BYTES = 1 << 20;
/** From the end one rarely reads far. */
const END_CHUNK_BYTES = 1 << 16;
const NEWLINE = 0x0a;

/** Batches of lines without their ends, decoded lossily; a last line without newline counts. One batch per piece read. */
export async function* lineBatches(path: string): AsyncGenerator<string[]> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const { open } = await import("node:fs/promises");
  const file = await open(path, "r");
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let pending: Buffer[] = [];
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) break;
      const piece = chunk.subarray(0, bytesRead);
      const end = piece.lastIndexOf(NEWLINE);
      if (end < 0) {
        pending.push(Buffer.from(piece));
        continue;
      }
      pending.push(piece.subarray(0, end));
      const text = decoder.decode(pending.length === 1 ? pending[0] : Buffer.concat(pending));
      pending = end + 1 < bytesRead ? [Buffer.from(piece.subarray(end + 1))] : [];
      yield text.split("\n");
    }
    if (pending.length > 0) yield decoder.decode(Buffer.concat(pending)).split("\n");
  } finally {
    await file.close();
  }
}

/** A file's lines without their ends, the last one first, decoded lossily; what is appended meanwhile is not seen. */
export function* linesFromEnd(path: string): Generator<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const fd = openSync(path, "r");
  try {
    /** The end of a line that begins further up, in pieces. */
    let pending: Buffer[] = [];
    let end = fstatSync(fd).size;
    while (end > 0) {
      const start = Math.max(0, end - END_CHUNK_BYTES);
      const piece = Buffer.alloc(end - start);
      readSync(fd, piece, 0, piece.length, start);
      end = start;
      const first = piece.indexOf(NEWLINE);
      if (first < 0) {
        pending.unshift(piece);
        continue;
      }
      const text = decoder.decode(Buffer.concat([piece.subarray(first + 1), ...pending]));
      pending = [piece.subarray(0, first)];
      yield* text.split("\n").reverse();
    }
    if (pending.length > 0) yield decoder.decode(Buffer.concat(pending));
  } finally {
    closeSync(fd);
  }
}
