/** The example of the README; `readme.test.ts` runs it and compares it with the text. */

import { eventsFromRollout, legacyOf, parseRolloutLine, type ThreadEvent } from "../src/index.js";

/** The items of a session file, as one line each. */
export function itemsOf(text: string): string[] {
  const lines = text
    .trim()
    .split("\n")
    .map((line) => parseRolloutLine(JSON.parse(line)));
  return eventsFromRollout(lines).flatMap((event) =>
    event.type === "item.ended" ? [`${event.item.type} ${event.item.id}`] : [],
  );
}

/** An event as older clients and session files know it. */
export function olderNames(event: ThreadEvent): string[] {
  return legacyOf(event, { showRawReasoning: false }).map(({ type }) => type);
}
