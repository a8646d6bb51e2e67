// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ByteRange } from "./ByteRange";

/** A stretch of the text that a client shows as one unit (a pasted block, an image name, a mention). */
export type TextElement = {
  byte_range: ByteRange,
  /** What the client shows in place of the bytes; null or absent: the bytes themselves. */
  placeholder?: string | null,
};
