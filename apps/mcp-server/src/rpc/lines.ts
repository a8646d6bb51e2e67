/** Cuts bytes into lines of text. */

/** Longest line that is taken, in bytes: an image of 40 MB as base64 fits in. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** One line; `tooLong` for one whose text was not kept. */
export type Line = { kind: "text"; text: string } | { kind: "tooLong"; bytes: number };

const NEWLINE = 0x0a;

/** The lines of a stream, without blank ones. What is no UTF-8 becomes U+FFFD. */
export async function* linesOf(input: AsyncIterable<Uint8Array>, limit = MAX_LINE_BYTES): AsyncGenerator<Line> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  const add = (piece: Uint8Array): void => {
    length += piece.length;
    if (length > limit) pieces = [];
    else pieces.push(piece);
  };
  const finish = (): Line | null => {
    const line: Line = length > limit ? { kind: "tooLong", bytes: length } : { kind: "text", text: decode(pieces) };
    pieces = [];
    length = 0;
    return line.kind === "text" && line.text.trim() === "" ? null : line;
  };
  for await (const chunk of input) {
    let rest = chunk;
    for (let at = rest.indexOf(NEWLINE); at >= 0; at = rest.indexOf(NEWLINE)) {
      add(rest.subarray(0, at));
      rest = rest.subarray(at + 1);
      const line = finish();
      if (line !== null) yield line;
    }
    if (rest.length > 0) add(rest.slice()); // the chunk may be used again
  }
  const last = finish();
  if (last !== null) yield last;
}

function decode(pieces: readonly Uint8Array[]): string {
  return Buffer.concat(pieces).toString("utf8");
}
