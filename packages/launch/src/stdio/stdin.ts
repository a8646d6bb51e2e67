/** Standard input as it arrives, for programs that serve a client there. */

/** The part of bun's interface that is used here; https://bun.sh/docs/api/file-io. */
interface BunInput {
  readonly stdin: { stream(): AsyncIterable<Uint8Array> };
}

/** Pieces of stdin to its end. In the compiled program by bun's own means: `process.stdin` costs 10 ms to set up. */
export function stdinBytes(): AsyncIterable<Uint8Array> {
  const { Bun } = globalThis as { Bun?: BunInput };
  return Bun === undefined ? process.stdin : Bun.stdin.stream();
}
