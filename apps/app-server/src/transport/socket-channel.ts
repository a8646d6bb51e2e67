/** A connected socket as a channel. */

import type { Socket } from "node:net";
import type { Writable } from "node:stream";
import type { Channel } from "./channel.js";

/** @param socket its errors become the end of input, and failed writes */
export function socketChannel(socket: Socket): Channel {
  return { input: piecesOf(socket), write: (text) => writeTo(socket, text), close: () => socket.destroy() };
}

/** Resolves when the system has taken the text. */
function writeTo(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

async function* piecesOf(socket: Socket): AsyncGenerator<Uint8Array> {
  try {
    yield* socket;
  } catch {
    // A connection that breaks has nothing more to say; writing to it tells of the break.
  }
}
