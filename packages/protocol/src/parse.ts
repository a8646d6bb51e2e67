/** Parsers for what comes from outside: session files, other processes, models. Each returns the typed value or throws WireFormatError. */

import type { Event, EventMsg } from "./event-msg.js";
import { definitions } from "./generated/definitions.js";
import { withKnownNames } from "./known-names.js";
import type { Op, Submission } from "./ops.js";
import type { ResponseItem } from "./response-items.js";
import type { ReviewOutput } from "./review.js";
import type { RolloutLine } from "./rollout-lines.js";
import { isObject } from "./validation/check.js";
import { createChecker } from "./validation/checker.js";
import { WireFormatError } from "./validation/wire-format-error.js";

/** The definitions of this package's wire types, for checkers over more types. */
export { definitions as protocolDefinitions };

const check = createChecker(definitions);

/** @returns the value as an event of the older language; a type that this version does not know is an error */
export function parseEventMsg(value: unknown): EventMsg {
  return check("EventMsg")(value) as EventMsg;
}

/** @returns the value as an event with its submission's id */
export function parseEvent(value: unknown): Event {
  return check("Event")(value) as Event;
}

/** @returns the value as an operation */
export function parseOp(value: unknown): Op {
  return check("Op")(value) as Op;
}

/** @returns the value as an operation with its id */
export function parseSubmission(value: unknown): Submission {
  return check("Submission")(value) as Submission;
}

/** @returns the value as an item of the model's conversation */
export function parseResponseItem(value: unknown): ResponseItem {
  return check("ResponseItem")(value) as ResponseItem;
}

/**
 * @returns the value as a line of a session file; readers skip lines for which this throws. Names that this version does not
 *   know are read as what stands for them: the file of a newer program is still a session. An optional member may be null,
 *   as older programs wrote it: it counts as absent.
 */
export function parseRolloutLine(value: unknown): RolloutLine {
  const line = check("RolloutLine");
  try {
    return line(value) as RolloutLine;
  } catch (error) {
    // Nearly every line is as it should be; only the others pay for being mended.
    if (!(error instanceof WireFormatError)) throw error;
    const named = withKnownNames(value, isWire);
    return line(isWire("RolloutLine", named) ? named : withoutNulls(named)) as RolloutLine;
  }
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (member === null ? [] : [[name, withoutNulls(member)]])),
  );
}

function isWire(type: string, value: unknown): boolean {
  try {
    check(type)(value);
    return true;
  } catch (error) {
    if (error instanceof WireFormatError) return false;
    throw error;
  }
}

/** @returns the value as a reviewer's answer */
export function parseReviewOutput(value: unknown): ReviewOutput {
  return check("ReviewOutputEvent")(value) as ReviewOutput;
}
