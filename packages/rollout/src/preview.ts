/** What a thread is about, in the words with which a person began it. Pure. */

import type { ContentItem, RolloutItem } from "@codex-ts/protocol";
import { isUserTurn } from "./user-turns.js";

/** Response items among which the first message is looked for. */
const PREVIEW_ITEMS = 10;
/** Editors put context before what their user typed, and this line between. */
const REQUEST_MARKER = "## My request for Codex:";

/** The first thing a person asked for, by the lines of a session file or the first of them; empty when it was no text. */
export function previewOf(lines: Iterable<RolloutItem>): string {
  let items = 0;
  for (const line of lines) {
    if (line.type === "event_msg" && line.payload.type === "user_message") return requestIn(line.payload.message);
    if (line.type !== "response_item" || ++items > PREVIEW_ITEMS || !isUserTurn(line.payload)) continue;
    const texts = spokenTexts(line.payload.content);
    if (texts.length > 0) return requestIn(texts.join(""));
  }
  return "";
}

/** Without the tags that stand around images for the model. */
function spokenTexts(content: readonly ContentItem[]): string[] {
  return content.flatMap((part, at) => {
    if (part.type === "input_image") return [];
    const opens = content[at + 1]?.type === "input_image" && /^<image(?: name=.*)?>$/.test(part.text);
    const closes = content[at - 1]?.type === "input_image" && part.text === "</image>";
    return opens || closes ? [] : [part.text];
  });
}

function requestIn(text: string): string {
  const at = text.indexOf(REQUEST_MARKER);
  return at < 0 ? text : text.slice(at + REQUEST_MARKER.length).trim();
}
