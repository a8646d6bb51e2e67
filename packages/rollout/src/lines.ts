/** The lines of a file as text, read in pieces of a fixed size. */

const CHUNK_BYTES = 1 << 20;
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
