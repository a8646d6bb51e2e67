/** stdin and stdout in the compiled program, by bun's own means: `process.stdin` and `process.stdout` cost 10 ms to set up. */

import type { Channel } from "./channel.js";

/** The part of bun's interface that is used here; https://bun.sh/docs/api/file-io. */
interface BunFiles {
  readonly stdin: { stream(): ReadableStream<Uint8Array> };
  file(fd: number): { writer(): BunSink };
}

interface BunSink {
  write(text: string): number | Promise<number>;
  /** A number when the system has taken everything; a promise while it has not. */
  flush(): number | Promise<number>;
}

/** Standard input and output of this process. */
export function bunStdio(): Channel {
  const bun = bunFiles();
  const sink = bun.file(1).writer();
  return {
    input: bun.stdin.stream(),
    write: async (text) => {
      void sink.write(text);
      const flushed = sink.flush();
      if (typeof flushed !== "number") await flushed;
    },
    close: () => undefined, // the process ends, and its descriptors with it
  };
}

function bunFiles(): BunFiles {
  const { Bun } = globalThis as { Bun?: BunFiles };
  if (Bun === undefined) throw new Error("not running in bun");
  return Bun;
}
