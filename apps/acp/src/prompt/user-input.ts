/** What an editor sends as core's user input. Pure. */

import { fileURLToPath } from "node:url";
import { RequestError, type ContentBlock } from "@agentclientprotocol/sdk";
import type { UserInput } from "@codex-ts/protocol";

/** The parts in their order. @throws {RequestError} for audio, which models here do not take */
export function userInputOf(prompt: readonly ContentBlock[]): UserInput[] {
  return prompt.map(partOf);
}

function partOf(block: ContentBlock): UserInput {
  switch (block.type) {
    case "text":
      return textPart(block.text);
    case "image":
      return { type: "image", image_url: `data:${block.mimeType};base64,${block.data}` };
    case "resource_link":
      return textPart(`[@${block.name}](${placeOf(block.uri)})`);
    case "resource":
      return embedded(block.resource);
    case "audio":
      throw RequestError.invalidParams(undefined, "audio is not supported");
  }
}

function embedded(resource: Extract<ContentBlock, { type: "resource" }>["resource"]): UserInput {
  const place = placeOf(resource.uri);
  if ("text" in resource) return textPart(`<context ref="${place}">\n${resource.text}\n</context>`);
  if (resource.mimeType?.startsWith("image/") === true) {
    return { type: "image", image_url: `data:${resource.mimeType};base64,${resource.blob}` };
  }
  return textPart(`[@${place}](${place})`);
}

function textPart(text: string): UserInput {
  return { type: "text", text, text_elements: [] };
}

/** Files are told by their paths, which is what tools take. */
function placeOf(uri: string): string {
  return URL.canParse(uri) && new URL(uri).protocol === "file:" ? fileURLToPath(uri) : uri;
}
