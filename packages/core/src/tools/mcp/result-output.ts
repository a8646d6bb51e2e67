/** Turns what an MCP tool answered into what the model reads. Pure. */

import type { McpToolResult, ToolOutputPart } from "@codex-ts/protocol";
import type { ToolOutput } from "../tool.js";

/** Structured content where there is some; texts and images as such; everything else as JSON. */
export function resultOutput({ content, structuredContent }: McpToolResult): ToolOutput {
  if (structuredContent !== undefined && structuredContent !== null) return JSON.stringify(structuredContent);
  const parts = content.map(partOf);
  const usable = parts.filter((part) => part !== null);
  const hasImage = usable.some((part) => part.type === "input_image");
  return hasImage && usable.length === content.length ? usable : JSON.stringify(content);
}

/** What the model reads of a call that failed. */
export function errorOutput(message: string): string {
  return `err: ${quoted(message)}`;
}

/** A text or an image; null: something that models cannot be shown. */
function partOf(block: unknown): ToolOutputPart | null {
  if (typeof block !== "object" || block === null || !("type" in block)) return null;
  if (block.type === "text" && "text" in block && typeof block.text === "string") {
    return { type: "input_text", text: block.text };
  }
  if (block.type !== "image" || !("data" in block) || typeof block.data !== "string") return null;
  const mimeType =
    "mimeType" in block && typeof block.mimeType === "string" ? block.mimeType : "application/octet-stream";
  const url = block.data.startsWith("data:") ? block.data : `data:${mimeType};base64,${block.data}`;
  return { type: "input_image", image_url: url };
}

/** A text in quotes as models have always seen it in these errors. */
function quoted(text: string): string {
  const named: Record<string, string> = {
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\0": "\\0",
    '"': '\\"',
    "\\": "\\\\",
  };
  // oxlint-disable-next-line no-control-regex -- these are what has to be escaped
  const escaped = text.replace(/[\u0000-\u001f\u007f"\\]/g, (character) => {
    return named[character] ?? `\\u{${character.charCodeAt(0).toString(16)}}`;
  });
  return `"${escaped}"`;
}
