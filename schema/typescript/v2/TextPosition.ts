// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A place in a text, 1-based. */
export type TextPosition = {
  line: number,
  column: number,
};
