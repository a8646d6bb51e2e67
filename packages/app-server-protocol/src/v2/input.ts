/** What a person sends. */

import type { ByteRange } from "./policies.js";

/** A stretch of the text that a client shows as one unit. */
export interface TextElement {
  byteRange: ByteRange;
  /** What the client shows in place of the bytes; null: the bytes themselves. */
  placeholder?: string | null;
}

/** Text; the model receives it as it is, elements are for clients. @inline */
export interface TextInput {
  type: "text";
  text: string;
  /** Snake case on the wire. @default [] */
  text_elements?: TextElement[];
}

/** An image by address. @inline */
export interface ImageInput {
  type: "image";
  /** A data URL or an http URL. */
  url: string;
}

/** An image file on the server's machine. @inline */
export interface LocalImageInput {
  type: "localImage";
  /** An absolute path on the server's machine. */
  path: string;
}

/** A skill that the user picked. @inline */
export interface SkillInput {
  type: "skill";
  name: string;
  /** An absolute path on the server's machine. */
  path: string;
}

/** One part of a user message. */
export type UserInput = TextInput | ImageInput | LocalImageInput | SkillInput;
