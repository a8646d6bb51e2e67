/** The result of a call, in the form of MCP. */

/** What `tools/call` answers with. */
export interface CallResult {
  content: { type: "text"; text: string }[];
  isError?: true;
  structuredContent?: { threadId: string; content: string };
}

/** A turn that ended well. */
export function answered(threadId: string, text: string): CallResult {
  return { content: [{ type: "text", text }], structuredContent: { threadId, content: text } };
}

/** A turn that did not end well, or a thread that cannot be used. */
export function failedIn(threadId: string, text: string): CallResult {
  return { content: [{ type: "text", text }], isError: true, structuredContent: { threadId, content: text } };
}

/** A call that came to no thread. */
export function refused(text: string): CallResult {
  return { content: [{ type: "text", text }], isError: true };
}
