/** What a person sends: text with marked ranges, images, skills. */

import type { Uint } from "./numbers.js";

/** Half-open range of UTF-8 bytes. */
export interface ByteRange {
  start: Uint;
  end: Uint;
}

/** A stretch of the text that a client shows as one unit (a pasted block, an image name, a mention). */
export interface TextElement {
  byte_range: ByteRange;
  /** What the client shows in place of the bytes; null or absent: the bytes themselves. */
  placeholder?: string | null;
}

/** Text; the model receives it as it is, elements are for clients. @inline */
export interface TextInput {
  type: "text";
  text: string;
  /** @default [] */
  text_elements?: TextElement[];
}

/** An image by address: a data URL or an http URL. @inline */
export interface ImageInput {
  type: "image";
  image_url: string;
}

/** An image file on the agent's machine; read when the message is sent. @inline */
export interface LocalImageInput {
  type: "local_image";
  path: string;
}

/** A skill the user picked; its text is added to the conversation. @inline */
export interface SkillInput {
  type: "skill";
  name: string;
  path: string;
}

/** One part of a user message. */
export type UserInput = TextInput | ImageInput | LocalImageInput | SkillInput;
