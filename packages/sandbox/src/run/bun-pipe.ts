/** Pipes under bun: made by the C library, read by bun's own event loop. */

/// <reference types="bun-types" />

import { closeSync, write } from "node:fs";
import { Readable, Writable } from "node:stream";
import { addressOf, openCLibrary } from "./c-library.js";
import type { Pipe } from "./pipes.js";

const O_CLOEXEC = 0o2000000;

/** A new pipe; neither end is inherited unless named. */
export function bunPipe(): Pipe {
  symbols ??= openSymbols();
  const ends = new Int32Array(2);
  if (symbols.pipe2(addressOf(ends), O_CLOEXEC) !== 0) {
    throw new Error("no pipe can be made: too many open files");
  }
  const [readEnd = -1, writeEnd = -1] = ends;
  return { readEnd, writeEnd };
}

let symbols: ReturnType<typeof openSymbols> | undefined;

function openSymbols() {
  return openCLibrary({ pipe2: { args: ["ptr", "i32"], returns: "i32" } });
}

/** A stream over a pipe's read end; bun leaves closing the descriptor to us. */
export function bunReadable(fd: number): Readable {
  const reader = Bun.file(fd).stream().getReader();
  const close = (): void => closeSync(fd);
  return new Readable({
    read() {
      reader.read().then(
        ({ done, value }) => this.push(done ? null : value),
        (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
      );
    },
    destroy(error, done) {
      reader.cancel().then(close, close);
      done(error);
    },
  });
}

/** A stream into a pipe's write end; a full pipe makes the writer wait, and one that nobody reads any more ends it. */
export function bunWritable(fd: number): Writable {
  const writeAll = (bytes: Uint8Array, done: (error?: Error | null) => void): void => {
    write(fd, bytes, (error, count) => {
      if (error !== null || count === bytes.length) {
        done(error);
      } else {
        writeAll(bytes.subarray(count), done);
      }
    });
  };
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      writeAll(chunk, done);
    },
    destroy(error, done) {
      closeSync(fd);
      done(error);
    },
  });
}
