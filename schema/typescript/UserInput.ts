// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { TextElement } from "./TextElement";

/** One part of a user message. */
export type UserInput = {
  type: "text",
  text: string,
  text_elements?: Array<TextElement>,
} | {
  type: "image",
  image_url: string,
} | {
  type: "local_image",
  path: string,
} | {
  type: "skill",
  name: string,
  path: string,
};
