/** Reads a session file whole, in pieces, passing over what is damaged and saying so. */

import { parseRolloutLine, type RolloutLine, type SessionMeta, WireFormatError } from "@codex-ts/protocol";
import { codeOf, RolloutReadError } from "./errors.js";
import { lineBatches } from "./lines.js";

/** A line that was passed over. */
export interface SkippedLine {
  /** Counted from 1. */
  line: number;
  reason: string;
}

/** A session file's content. */
export interface Rollout {
  path: string;
  /** The first `session_meta`: it says whose file this is; a fork's file holds its ancestors' ones too. */
  meta: SessionMeta;
  /** All usable lines in order, `meta`'s included. */
  items: RolloutLine[];
  skipped: SkippedLine[];
}

/**
 * Reads a session file. Invalid UTF-8 becomes U+FFFD; blank lines do not count as damage.
 * @throws RolloutReadError when it cannot be read or there is no session in it
 */
export async function readRollout(path: string, signal?: AbortSignal): Promise<Rollout> {
  const items: RolloutLine[] = [];
  const skipped: SkippedLine[] = [];
  let line = 0;
  try {
    for await (const batch of lineBatches(path)) {
      signal?.throwIfAborted();
      for (const text of batch) {
        line++;
        if (text === "" || text.trim() === "") continue;
        const parsed = parseLine(text);
        if (typeof parsed === "string") skipped.push({ line, reason: parsed });
        else items.push(parsed);
      }
    }
  } catch (error) {
    if (codeOf(error) === null) throw error;
    throw new RolloutReadError(path, "unreadable", { cause: error });
  }
  const first = items.find((item) => item.type === "session_meta");
  if (first?.type === "session_meta") return { path, meta: first.payload, items, skipped };
  throw new RolloutReadError(path, items.length + skipped.length === 0 ? "empty" : "no-meta");
}

/** One line as a checked value, or why it is none. */
export function parseLine(text: string): RolloutLine | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own words would quote the line, which may hold anything.
    return "not JSON";
  }
  try {
    const line = parseRolloutLine(value);
    // What a model said that its program did not know is no part of the conversation.
    return line.type === "response_item" && line.payload.type === "other" ? "payload: unknown item" : line;
  } catch (error) {
    if (error instanceof WireFormatError) return reasonOf(error);
    throw error;
  }
}

/** Where and what; short, as it may quote the line. */
function reasonOf({ path, detail }: WireFormatError): string {
  const reason = path.length === 0 ? detail : `${path.join(".")}: ${detail}`;
  return reason.length <= MAX_REASON ? reason : `${reason.slice(0, MAX_REASON)}...`;
}

/** In characters. */
const MAX_REASON = 160;
