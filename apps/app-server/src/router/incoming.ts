/** Says what a line of input is. Pure. */

import {
  type ClassifiedMessage,
  classifyLine,
  ERROR_CODES,
  UnrecognisedMessageError,
} from "@codex-ts/app-server-protocol";
import type { InputLine } from "@codex-ts/launch";
import type { RequestId } from "@codex-ts/protocol";

/** A message, or what to tell the sender of a line that is none. */
export type Incoming =
  | ClassifiedMessage
  | { kind: "unusable"; id: RequestId | null; code: number; message: string }
  | { kind: "blank" };

/** A line's meaning. */
export function readLine(line: InputLine): Incoming {
  switch (line.kind) {
    case "text":
      return readText(line.text);
    case "notUtf8":
      return unusable(ERROR_CODES.parseError, "Parse error: the line is not valid UTF-8", idNear(line.text));
    case "tooLong":
      return unusable(
        ERROR_CODES.invalidRequest,
        `Invalid request: the line is too long: ${line.bytes} bytes`,
        idNear(line.head),
      );
  }
}

// helpers

function readText(text: string): Incoming {
  if (text.length < 3 && text.trim() === "") return { kind: "blank" };
  try {
    return classifyLine(text);
  } catch (error) {
    if (!(error instanceof UnrecognisedMessageError)) throw error;
    if (error.isParseError) return unusable(ERROR_CODES.parseError, "Parse error: the line is not JSON", idNear(text));
    return unusable(ERROR_CODES.invalidRequest, `Invalid request: ${error.detail}`, error.id);
  }
}

function unusable(code: number, message: string, id: RequestId | null): Incoming {
  return { kind: "unusable", id, code, message };
}

/** Members with short plain values at the beginning of an object, up to the id. */
const LEADING_ID =
  /^\s*\{\s*(?:"(?:jsonrpc|method)"\s*:\s*"[^"\\]{0,200}"\s*,\s*){0,2}"id"\s*:\s*(-?\d{1,16}|"(?:[^"\\]|\\.){0,200}")\s*[,}]/;

/** The id of a message that is damaged further on; null when it does not stand at the beginning. */
function idNear(text: string): RequestId | null {
  const found = LEADING_ID.exec(text.slice(0, 1024))?.[1];
  if (found === undefined) return null;
  try {
    const id: unknown = JSON.parse(found);
    return typeof id === "string" || (typeof id === "number" && Number.isSafeInteger(id)) ? id : null;
  } catch {
    return null; // an escape that is none
  }
}
