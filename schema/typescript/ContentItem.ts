// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A part of a message. */
export type ContentItem = {
  type: "input_text",
  text: string,
} | {
  type: "input_image",
  image_url: string,
} | {
  type: "output_text",
  text: string,
};
