/** The agent's complete messages among the lines of a server. Pure. */

/** The text of a message that is complete; null for every other line. */
export function finalMessage(line: string): string | null {
  const message: unknown = JSON.parse(line);
  if (!isObject(message) || message["method"] !== "item/completed") return null;
  const params = message["params"];
  const item = isObject(params) ? params["item"] : null;
  return isObject(item) && item["type"] === "agentMessage" && typeof item["text"] === "string" ? item["text"] : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
