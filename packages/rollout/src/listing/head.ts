/** Reads the head of a session file: what a list shows of it. */

import { closeSync, openSync, readSync } from "node:fs";
import type { RolloutLine, SessionMeta } from "@codex-ts/protocol";
import { previewOf } from "../preview.js";
import { parseLine } from "../read.js";

/** What the first lines of a session file say. */
export interface RolloutHead {
  /** Without the base instructions, which are long and nobody lists. Null: no usable first line was found. */
  meta: Omit<SessionMeta, "base_instructions"> | null;
  /** A person has said something; sessions without that are not listed. */
  used: boolean;
  /** The first thing a person said; empty when it was no text. */
  preview: string;
}

/** Lines looked at before giving up, and when a session has begun but nobody has spoken yet. */
const HEAD_LINES = 10;
const HEAD_LINES_BEFORE_USER = 210;
/** A head that is longer than this is given up; a pasted image is a few MB. */
const MAX_HEAD_BYTES = 64 << 20;

let buffer = Buffer.alloc(0);

/** Reads as little as it can. @throws the system's error when the file cannot be read */
export function readHead(path: string): RolloutHead {
  const seen: RolloutLine[] = [];
  let meta: SessionMeta | null = null;
  let used = false;
  let lines = 0;
  const fd = openSync(path, "r");
  try {
    for (const text of headLines(fd)) {
      lines++;
      const line = text.trim() === "" ? null : parseLine(text);
      if (line !== null && typeof line !== "string") {
        seen.push(line);
        if (line.type === "session_meta") meta ??= line.payload;
        if (line.type === "event_msg" && line.payload.type === "user_message") used = true;
      }
      if (used && meta !== null) break;
      if (lines >= (meta !== null ? HEAD_LINES_BEFORE_USER : HEAD_LINES)) break;
    }
  } finally {
    closeSync(fd);
  }
  return { meta: meta === null ? null : listedMeta(meta), used, preview: previewOf(seen) };
}

function listedMeta(meta: SessionMeta): Omit<SessionMeta, "base_instructions"> {
  const { base_instructions: _long, ...listed } = meta;
  return listed;
}

/** The first lines, read in growing pieces into a buffer that is kept between calls. */
function* headLines(fd: number): Generator<string> {
  if (buffer.length === 0) buffer = Buffer.alloc(64 << 10);
  let filled = 0;
  let start = 0;
  for (;;) {
    const bytes = readSync(fd, buffer, filled, buffer.length - filled, null);
    filled += bytes;
    for (let end = buffer.indexOf(0x0a, start); end >= 0 && end < filled; end = buffer.indexOf(0x0a, start)) {
      yield buffer.toString("utf8", start, end);
      start = end + 1;
    }
    if (bytes === 0) break;
    if (filled < buffer.length) continue;
    if (filled >= MAX_HEAD_BYTES) return;
    const larger = Buffer.alloc(buffer.length * 4);
    buffer.copy(larger, 0, start, filled);
    filled -= start;
    start = 0;
    buffer = larger;
  }
  if (start < filled) yield buffer.toString("utf8", start, filled);
}
