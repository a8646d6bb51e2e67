/** Tells what a person wrote from context that was put into the conversation in the user's role. Pure. */

import type { ContentItem, MessageItem, ResponseItem } from "@codex-ts/protocol";

/** Context that stands alone in its message. */
const WHOLE_MESSAGE_PREFIXES = ["# AGENTS.md instructions for ", "<user_instructions>", "<skill"];
/** Context that marks its message wherever it stands; compared in lower case behind leading white space. */
const ANY_PART_PREFIXES = ["<environment_context>", "<turn_aborted>", "<user_shell_command>"];

/** What the program remarks to the model while it works; a person hardly begins a message like this. */
const REMARKS = [
  /^Warning: apply_patch was requested via /,
  /^Warning: The maximum number of unified exec processes /,
  /^Warning: Session \d+ \(`/,
];

/** Whether an item is a message a person sent: these begin user turns. */
export function isUserTurn(item: ResponseItem): item is MessageItem {
  return item.type === "message" && item.role === "user" && !isInjectedContext(item.content);
}

/** Whether a message of role `user` was written by the program: instructions, environment, markers, images of tools. */
export function isInjectedContext(content: readonly ContentItem[]): boolean {
  const [only] = content;
  if (content.length === 1 && only !== undefined) {
    // A person's image stands between two texts; alone it is what a tool looked at.
    if (only.type === "input_image") return true;
    if (WHOLE_MESSAGE_PREFIXES.some((prefix) => only.text.startsWith(prefix))) return true;
    if (REMARKS.some((remark) => remark.test(only.text))) return true;
  }
  return content.some((part) => {
    if (!("text" in part)) return false;
    const start = part.text.trimStart().slice(0, 32).toLowerCase();
    return ANY_PART_PREFIXES.some((prefix) => start.startsWith(prefix));
  });
}
