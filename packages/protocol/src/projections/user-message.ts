/** A user message's parts as one text with marked ranges, and back. */

import type { UserMessageEvent } from "../events/messages.js";
import type { TextElement, UserInput } from "../user-input.js";

/** @returns the parts as the older language and session files have them: texts joined, images beside them */
export function userMessageEvent(content: readonly UserInput[]): Required<UserMessageEvent> & { images: string[] } {
  let message = "";
  let bytes = 0;
  const elements: TextElement[] = [];
  const images: string[] = [];
  const localImages: string[] = [];
  for (const part of content) {
    if (part.type === "image") images.push(part.image_url);
    if (part.type === "local_image") localImages.push(part.path);
    if (part.type !== "text") continue;
    const text = new TextEncoder().encode(part.text);
    elements.push(...(part.text_elements ?? []).map((element) => shifted(named(element, text), bytes)));
    message += part.text;
    bytes += text.length;
  }
  return { message, images, local_images: localImages, text_elements: elements };
}

/** @returns the parts that a stored message had: its text, then its images, then its local images */
export function userInputOf(event: UserMessageEvent): UserInput[] {
  const text: UserInput = { type: "text", text: event.message, text_elements: event.text_elements ?? [] };
  return [
    ...(event.message.trim() === "" ? [] : [text]),
    ...(event.images ?? []).map((image_url): UserInput => ({ type: "image", image_url })),
    ...(event.local_images ?? []).map((path): UserInput => ({ type: "local_image", path })),
  ];
}

function shifted(element: TextElement, bytes: number): TextElement {
  const { start, end } = element.byte_range;
  return { ...element, byte_range: { start: start + bytes, end: end + bytes } };
}

/** An element without a placeholder is called what the text says there; a range that cuts characters says nothing. */
function named(element: TextElement, text: Uint8Array): TextElement {
  const { start, end } = element.byte_range;
  if ((element.placeholder ?? null) !== null || start > end || end > text.length) return element;
  if (!beginsCharacter(text[start]) || !beginsCharacter(text[end])) return element;
  return { ...element, placeholder: new TextDecoder("utf-8", { ignoreBOM: true }).decode(text.subarray(start, end)) };
}

/** @param byte undefined behind the text's end */
function beginsCharacter(byte: number | undefined): boolean {
  return byte === undefined || (byte & 0xc0) !== 0x80;
}
