/** Checks that a PNG can be decoded, without making pixels of it: a broken image in a request fails the whole request. */

import { promisify } from "node:util";
import { crc32, inflate } from "node:zlib";

/** Why the PNG is damaged, by its chunks and their checksums; null when they are sound. Expects a readable header. */
export function pngChunkDefect(bytes: Uint8Array): string | null {
  for (const chunk of chunksOf(bytes)) {
    if (chunk === "cut") return "the file ends early";
    if (chunk.isCritical && crc32(chunk.checked) !== chunk.sum) return "a checksum is wrong";
  }
  return null;
}

/** Why the PNG cannot be decoded, or null when it can: its chunks, and whether they hold all of the picture. */
export async function pngDefect(bytes: Uint8Array): Promise<string | null> {
  const defect = pngChunkDefect(bytes);
  if (defect !== null) return defect;
  const expected = rawLength(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (expected === null) return "its header makes no sense";
  const data = [...chunksOf(bytes)].flatMap((chunk) => (chunk !== "cut" && chunk.type === IDAT ? [chunk.data] : []));
  return await inflateDefect(Buffer.concat(data), expected);
}

interface Chunk {
  type: number;
  data: Uint8Array;
  /** What the checksum covers: type and data. */
  checked: Uint8Array;
  sum: number;
  /** Whether a decoder needs it. */
  isCritical: boolean;
}

/** The chunks up to the end mark, whose own checksum guards nothing; "cut" where the file ends without one. */
function* chunksOf(bytes: Uint8Array): Generator<Chunk | "cut"> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 8;
  while (at + 12 <= bytes.length) {
    const type = view.getUint32(at + 4);
    if (type === IEND) return;
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) break;
    yield {
      type,
      data: bytes.subarray(at + 8, end - 4),
      checked: bytes.subarray(at + 4, end - 4),
      sum: view.getUint32(end - 4),
      isCritical: (view.getUint8(at + 4) & 0x20) === 0,
    };
    at = end;
  }
  yield "cut";
}

const IDAT = 0x49444154;
const IEND = 0x49454e44;
const inflateAsync = promisify(inflate);

async function inflateDefect(data: Uint8Array, expected: number): Promise<string | null> {
  try {
    const raw = await inflateAsync(data, { maxOutputLength: expected + 0x1_0000 });
    return raw.length < expected ? "picture data is missing" : null;
  } catch (error) {
    const isLonger = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    return isLonger ? null : "its picture data is corrupt";
  }
}

const CHANNELS: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);

/** Bytes of picture data once inflated: each row has one filter byte before it; null for an impossible header. */
function rawLength(view: DataView): number | null {
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const depth = view.getUint8(24);
  const channels = CHANNELS.get(view.getUint8(25));
  if (channels === undefined || ![1, 2, 4, 8, 16].includes(depth)) return null;
  const rows = (columns: number, count: number) =>
    columns === 0 ? 0 : count * (1 + Math.ceil((columns * channels * depth) / 8));
  if (view.getUint8(28) === 0) return rows(width, height);
  const passes = ADAM7.map(([x, y, dx, dy]) => rows(Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)));
  return passes.reduce((sum, length) => sum + Math.max(0, length), 0);
}

/** Interlacing: first column, first row, and the steps of each pass. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
