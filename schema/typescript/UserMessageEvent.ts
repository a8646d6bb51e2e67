// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { TextElement } from "./TextElement";

/** The user's message as one text, with what else it held. */
export type UserMessageEvent = {
  /** The text parts, joined without separator. */
  message: string,
  /** Addresses (data or http URLs) of the images among the parts. */
  images?: Array<string> | null,
  /** Paths of the local images among the parts; kept so that a client can show and edit them again. */
  local_images?: Array<string>,
  /** Marked ranges, in bytes of `message`. */
  text_elements?: Array<TextElement>,
};
