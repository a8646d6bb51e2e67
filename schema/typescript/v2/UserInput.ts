// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { TextElement } from "./TextElement";

/** One part of a user message. */
export type UserInput = {
  type: "text",
  text: string,
  /** Snake case on the wire. */
  text_elements?: Array<TextElement>,
} | {
  type: "image",
  /** A data URL or an http URL. */
  url: string,
} | {
  type: "localImage",
  /** An absolute path on the server's machine. */
  path: string,
} | {
  type: "skill",
  name: string,
  /** An absolute path on the server's machine. */
  path: string,
};
