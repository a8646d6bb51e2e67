// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Half-open range of UTF-8 bytes. */
export type ByteRange = {
  start: number,
  end: number,
};
