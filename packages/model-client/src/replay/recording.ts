/** The lines of a recording. The format is described in the package's README. */

import type { ResponseItem } from "@codex-ts/protocol";
import type { ModelEvent } from "../contract/events.js";
import { isRecord, numberMember, parseRecord, stringMember } from "../json.js";
import type { Fingerprint } from "./fingerprint.js";

/** Written at the top of every recording. */
export const RECORDING_VERSION = 1;

/** The first line. */
export interface HeaderLine {
  type: "recording";
  version: typeof RECORDING_VERSION;
}

/** A request, before its events. `at` is milliseconds since the recording began. */
export interface RequestLine {
  type: "request";
  index: number;
  at: number;
  call: "stream" | "compact";
  model: string;
  fingerprint: Fingerprint;
}

/** A batch of events. `at` is milliseconds since the request. */
export interface EventsLine {
  type: "events";
  index: number;
  at: number;
  events: readonly ModelEvent[];
}

/** What a compaction answered. */
export interface OutputLine {
  type: "output";
  index: number;
  at: number;
  items: readonly ResponseItem[];
}

/** How a request failed. */
export interface ErrorLine {
  type: "error";
  index: number;
  at: number;
  kind: string;
  message: string;
  httpStatus: number | null;
  retryAfterMs: number | null;
  retryable: boolean;
}

/** A line of a recording. */
export type RecordingLine = HeaderLine | RequestLine | EventsLine | OutputLine | ErrorLine;

/** A request with what followed. */
export interface RecordedExchange {
  request: RequestLine;
  /** In order; several requests may have been in flight at once. */
  answers: (EventsLine | OutputLine | ErrorLine)[];
}

/** A file that is not a recording, or one of another version. */
export class RecordingError extends Error {
  override readonly name = "RecordingError";
}

/**
 * Reads a recording; a cut last line, as a killed program leaves it, is ignored.
 * @throws {RecordingError}
 */
export function parseRecording(text: string, file: string): RecordedExchange[] {
  const lines = text.split("\n");
  const header = parseRecord(lines[0] ?? "");
  if (header?.["type"] !== "recording") throw new RecordingError(`${file} is not a recording of a model`);
  if (header["version"] !== RECORDING_VERSION) {
    throw new RecordingError(
      `${file} has version ${String(header["version"])}; this program reads ${RECORDING_VERSION}`,
    );
  }
  const exchanges: RecordedExchange[] = [];
  lines.slice(1).forEach((line, at) => {
    if (line.trim() === "") return;
    const value = parseRecord(line);
    if (value === null && at === lines.length - 2) return;
    if (!addLine(exchanges, value)) throw new RecordingError(`${file}:${at + 2} is not a line of a recording`);
  });
  return exchanges;
}

function addLine(exchanges: RecordedExchange[], value: Record<string, unknown> | null): boolean {
  if (value === null) return false;
  const index = numberMember(value, "index");
  if (index === null) return false;
  if (isRequestLine(value)) {
    exchanges[index] = { request: value, answers: [] };
    return index === exchanges.length - 1;
  }
  const exchange = exchanges[index];
  if (exchange === undefined || !isAnswerLine(value)) return false;
  exchange.answers.push(value);
  return true;
}

/** Recordings are files of our own making: their shape is checked, their content trusted. */
function isRequestLine(value: object): value is RequestLine {
  return "type" in value && value.type === "request" && "fingerprint" in value && isRecord(value.fingerprint);
}

function isAnswerLine(
  value: Record<string, unknown>,
): value is Record<string, unknown> & RecordedExchange["answers"][number] {
  switch (value["type"]) {
    case "events":
      return Array.isArray(value["events"]);
    case "output":
      return Array.isArray(value["items"]);
    case "error":
      return stringMember(value, "kind") !== null && stringMember(value, "message") !== null;
    default:
      return false;
  }
}
