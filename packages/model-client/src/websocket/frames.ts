/** WebSocket frames (RFC 6455) as bytes: cutting what a server sends, writing what a client sends. No I/O. */

import { randomBytes } from "node:crypto";

/** What a server said. Fragments are already joined. */
export type ServerFrame =
  | { kind: "text"; text: string }
  | { kind: "binary" }
  | { kind: "ping"; payload: Buffer }
  | { kind: "pong" }
  | { kind: "close"; code: number | null };

const CONTINUATION = 0x0;
const TEXT = 0x1;
const CLOSE = 0x8;
const PING = 0x9;
const PONG = 0xa;
const FINAL = 0x80;
const MASKED = 0x80;

/** More than any event; a server that announces more is broken. */
const LONGEST_MESSAGE = 256 * 1024 * 1024;

/** A server that breaks the protocol; the connection is of no more use. */
export class FrameError extends Error {
  override readonly name = "FrameError";
}

/** Cuts a server's bytes into frames, however they were cut on the way. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #buffered = 0;
  /** What the next frame needs at least, so that a long one is not joined again for every chunk. */
  #needed = 2;
  #message: { opcode: number; parts: Buffer[]; size: number } | null = null;

  /**
   * The frames that end in this chunk.
   * @throws {FrameError}
   */
  push(chunk: Buffer): ServerFrame[] {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    const frames: ServerFrame[] = [];
    while (this.#buffered >= this.#needed) {
      const bytes = this.#chunks.length === 1 ? (this.#chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#chunks);
      const size = frameSize(bytes);
      if (size.total === null || bytes.length < size.total) {
        this.#chunks = [bytes];
        this.#needed = size.total ?? size.header;
        continue;
      }
      this.#frame(bytes[0] ?? 0, bytes.subarray(size.header, size.total), frames);
      this.#chunks = [bytes.subarray(size.total)];
      this.#buffered = bytes.length - size.total;
      this.#needed = 2;
    }
    return frames;
  }

  #frame(first: number, payload: Buffer, frames: ServerFrame[]): void {
    const opcode = first & 0x0f;
    if ((first & 0x70) !== 0) throw new FrameError("the server uses an extension that was not agreed on");
    switch (opcode) {
      case CLOSE:
        frames.push({ kind: "close", code: payload.length >= 2 ? payload.readUInt16BE(0) : null });
        return;
      case PING:
        frames.push({ kind: "ping", payload: Buffer.from(payload) });
        return;
      case PONG:
        frames.push({ kind: "pong" });
        return;
      default:
        this.#fragment(opcode, payload, (first & FINAL) !== 0, frames);
    }
  }

  #fragment(opcode: number, payload: Buffer, final: boolean, frames: ServerFrame[]): void {
    if ((opcode === CONTINUATION) !== (this.#message !== null)) throw new FrameError("fragments are out of order");
    const message = this.#message ?? { opcode, parts: [], size: 0 };
    message.parts.push(payload);
    message.size += payload.length;
    if (message.size > LONGEST_MESSAGE) throw new FrameError("a message is too long");
    this.#message = final ? null : message;
    if (!final) return;
    const [only] = message.parts;
    const bytes = message.parts.length === 1 && only !== undefined ? only : Buffer.concat(message.parts);
    frames.push(message.opcode === TEXT ? { kind: "text", text: bytes.toString("utf8") } : { kind: "binary" });
  }
}

/** Sizes of the frame that begins here; `total` is null while its header is incomplete. */
function frameSize(bytes: Buffer): { header: number; total: number | null } {
  const second = bytes[1] ?? 0;
  if ((second & MASKED) !== 0) throw new FrameError("a server must not mask its frames");
  const short = second & 0x7f;
  const header = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < header) return { header, total: null };
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (length > LONGEST_MESSAGE) throw new FrameError("a message is too long");
  return { header, total: header + length };
}

/** A text message in one frame. */
export function textFrame(text: string): Buffer {
  return clientFrame(TEXT, Buffer.from(text, "utf8"));
}

/** The answer to a ping. */
export function pongFrame(payload: Buffer): Buffer {
  return clientFrame(PONG, payload);
}

/** Says goodbye, normally. */
export function closeFrame(): Buffer {
  return clientFrame(CLOSE, Buffer.from([0x03, 0xe8]));
}

/** Clients mask every frame with a key of its own. */
function clientFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  header[0] = FINAL | opcode;
  if (length < 126) {
    header[1] = MASKED | length;
  } else if (length < 65_536) {
    header[1] = MASKED | 126;
    header.writeUInt16BE(length, 2);
  } else {
    header[1] = MASKED | 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  const key = randomBytes(4);
  const masked = Buffer.from(payload);
  for (let at = 0; at < length; at += 1) masked[at] = (masked[at] ?? 0) ^ (key[at & 3] ?? 0);
  return Buffer.concat([header, key, masked]);
}
