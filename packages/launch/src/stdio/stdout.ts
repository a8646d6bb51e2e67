/** Standard output that never blocks the process: a slow reader holds up the text, and nothing else. */

import { constants, fstatSync, openSync } from "node:fs";
import { writeAll } from "../program.js";

/** Hands text to the system. Resolves when it was taken, rejects with the system's error: the reader is gone. */
export type TextWriter = (text: string) => Promise<void>;

/** The part of bun's interface that is used here; https://bun.sh/docs/api/file-io. */
interface BunOutput {
  file(descriptor: number): { writer(): BunSink };
}

interface BunSink {
  write(text: string): number | Promise<number>;
  /** A number when the system has taken everything; a promise while it has not. */
  flush(): number | Promise<number>;
}

/** The writer of this process's stdout. `process.stdout` is none: it takes time to set up, and writes to pipes synchronously under Node. */
export function stdoutWriter(): TextWriter {
  const kind = fstatSync(1);
  // A file or a terminal takes everything at once.
  if (!kind.isFIFO() && !kind.isSocket()) return async (text) => writeAll(1, text);
  const descriptor = ownDescription();
  const { Bun } = globalThis as { Bun?: BunOutput };
  return Bun === undefined ? socketWriter(descriptor) : sinkWriter(Bun.file(descriptor).writer());
}

/**
 * Writing without blocking is a property of the open pipe, which programs that are started after us in the same
 * pipeline would find changed. Where the system can, the pipe is opened a second time.
 */
function ownDescription(): number {
  try {
    return openSync("/proc/self/fd/1", constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return 1; // a socket, or no Linux
  }
}

function sinkWriter(sink: BunSink): TextWriter {
  return async (text) => {
    void sink.write(text);
    const flushed = sink.flush();
    if (typeof flushed !== "number") await flushed;
  };
}

function socketWriter(descriptor: number): TextWriter {
  const { Socket } = process.getBuiltinModule("node:net");
  const socket = new Socket({ fd: descriptor, readable: false, writable: true });
  socket.on("error", () => undefined); // every write is told of it
  return (text) =>
    new Promise((resolve, reject) => {
      socket.write(text, (error) => (error ? reject(error) : resolve()));
    });
}
