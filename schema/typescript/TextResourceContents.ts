// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A text resource, inline. */
export type TextResourceContents = {
  uri: string,
  text: string,
  mimeType?: string | null,
};
