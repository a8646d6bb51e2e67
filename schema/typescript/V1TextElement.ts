// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { V1ByteRange } from "./V1ByteRange";

/** A stretch of the text that a client shows as one unit. */
export type V1TextElement = {
  byteRange: V1ByteRange,
  placeholder?: string | null,
};
