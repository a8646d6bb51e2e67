// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { V1TextElement } from "./V1TextElement";

/** One part of a user message. */
export type InputItem = {
  type: "text",
  data: {
    text: string,
    text_elements?: Array<V1TextElement>,
  },
} | {
  type: "image",
  data: {
    image_url: string,
  },
} | {
  type: "localImage",
  data: {
    path: string,
  },
};
