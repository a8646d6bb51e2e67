/** The example of the README; `readme.test.ts` runs it and compares it with the text. */

import { legacyOf, parseRolloutLine, type ThreadEvent } from "../src/index.js";

/** What people said in a session file, one after the other. */
export function messagesOf(text: string): string[] {
  const lines = text
    .trim()
    .split("\n")
    .map((line) => parseRolloutLine(JSON.parse(line)));
  return lines.flatMap((line) =>
    line.type === "event_msg" && line.payload.type === "user_message" ? [line.payload.message] : [],
  );
}

/** An event as older clients and session files know it. */
export function olderNames(event: ThreadEvent): string[] {
  return legacyOf(event, { showRawReasoning: false }).map(({ type }) => type);
}
