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
    elements.push(...(part.text_elements ?? []).map((element) => shifted(element, bytes)));
    message += part.text;
    bytes += utf8Length(part.text);
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

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
