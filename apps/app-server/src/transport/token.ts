/** The secret that clients present before they are served. */

import { createHash, timingSafeEqual } from "node:crypto";
import { LineSplitter } from "@codex-ts/launch";
import type { Channel } from "./channel.js";

/** Longest first line, in bytes, that is looked at. */
const MAX_TOKEN_LINE = 4096;

/** Whether a header `Authorization: Bearer TOKEN` presents the token. */
export function presents(header: string | undefined, token: string): boolean {
  const given = /^Bearer (.+)$/i.exec(header ?? "")?.[1];
  return given !== undefined && same(given, token);
}

/** Input that begins with a line of the token alone; a client with another first line is disconnected. */
export async function* firstLineIsToken(channel: Channel, token: string): AsyncGenerator<Uint8Array> {
  const splitter = new LineSplitter(MAX_TOKEN_LINE);
  let known = false;
  for await (const piece of channel.input) {
    if (known) {
      yield piece;
      continue;
    }
    const end = piece.indexOf(0x0a);
    const [line] = splitter.take(end < 0 ? piece : piece.subarray(0, end + 1));
    if (line === undefined) continue;
    if (line.kind !== "text" || !same(line.text.trim(), token)) {
      channel.close();
      return;
    }
    known = true;
    yield piece.subarray(end + 1);
  }
}

/** Takes the same time whatever differs. */
function same(given: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
