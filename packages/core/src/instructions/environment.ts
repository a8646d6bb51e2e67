/** Tells the model where it works. */

import type { MessageItem } from "@codex-ts/protocol";
import { userMessage } from "./messages.js";

/** The environment message: the working directory and the kind of shell that commands run in. */
export function environmentMessage(cwd: string, shell: string): MessageItem {
  return userMessage(
    `<environment_context>\n  <cwd>${escapeText(cwd)}</cwd>\n  <shell>${escapeText(shell)}</shell>\n</environment_context>`,
  );
}

/** Folder names may hold anything; the tags around them must survive that. */
function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
