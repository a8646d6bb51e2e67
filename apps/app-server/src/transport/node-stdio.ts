/** stdin and stdout under Node. `process.stdout` writes to pipes synchronously there, so the descriptor is wrapped anew. */

import { fstatSync, writeSync } from "node:fs";
import { Socket } from "node:net";
import type { Channel } from "./channel.js";
import { writeTo } from "./socket-channel.js";

/** Standard input and output of this process. */
export function nodeStdio(): Channel {
  return { input: process.stdin, write: writer(), close: () => process.stdin.destroy() };
}

/** A file or a terminal takes everything at once; a pipe or a socket when it can. */
function writer(): (text: string) => Promise<void> {
  const kind = fstatSync(1);
  if (!kind.isFIFO() && !kind.isSocket()) {
    return async (text) => {
      writeSync(1, text);
    };
  }
  const socket = new Socket({ fd: 1, readable: false, writable: true });
  socket.on("error", () => undefined); // every write is told of it
  return (text) => writeTo(socket, text);
}
