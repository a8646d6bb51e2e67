// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ByteRange } from "./ByteRange";

/** A stretch of the text that a client shows as one unit. */
export type TextElement = {
  byteRange: ByteRange,
  /** What the client shows in place of the bytes; null: the bytes themselves. */
  placeholder?: string | null,
};
