/** What a command's three streams are connected to, and our ends of them. */

import type { ChildProcess } from "node:child_process";
import { closeSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import { openInputPipe, openOutputPipes, type Pipe, readPipe, writePipe } from "./pipes.js";

/** Where input comes from; `inherit` hands all three of our own streams on. */
export type InputKind = "ignore" | "pipe" | "inherit";

/** Our ends. */
export interface Streams {
  stdin: Writable | null;
  stdout: Readable | null;
  stderr: Readable | null;
}

/** The connections of one command, made before its start. */
export interface Connections {
  /** The child's first three descriptors, as `spawn` takes them. */
  stdio: (number | InputKind)[];
  /** To be called once after the start: the child's ends are closed here, ours become streams. */
  streams(child: ChildProcess): Streams;
  /** To be called instead when there was no start. */
  abandon(): void;
}

/** Opens what is needed; throws when there are too many open files. */
export function connect(kind: InputKind): Connections {
  if (kind === "inherit") {
    const nothing = { stdin: null, stdout: null, stderr: null };
    return { stdio: [kind, kind, kind], streams: () => nothing, abandon: () => undefined };
  }
  const output = openOutputPipes();
  const input = kind === "pipe" ? openInputPipe() : undefined;
  const theirs = [...(input === undefined ? [] : [input.readEnd]), ...(output?.map(({ writeEnd }) => writeEnd) ?? [])];
  const ours = [...(input === undefined ? [] : [input.writeEnd]), ...(output?.map(({ readEnd }) => readEnd) ?? [])];
  return {
    stdio: [input?.readEnd ?? kind, output?.[0].writeEnd ?? "pipe", output?.[1].writeEnd ?? "pipe"],
    streams(child) {
      theirs.forEach((fd) => closeSync(fd));
      return {
        stdin: input === undefined ? child.stdin : writePipe(input),
        stdout: readOr(output?.[0], child.stdout),
        stderr: readOr(output?.[1], child.stderr),
      };
    },
    abandon: () => [...theirs, ...ours].forEach((fd) => closeSync(fd)),
  };
}

function readOr(pipe: Pipe | undefined, otherwise: Readable | null): Readable | null {
  return pipe === undefined ? otherwise : readPipe(pipe);
}
