// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A part of a tool's output. */
export type FunctionCallOutputContentItem = {
  type: "input_text",
  text: string,
} | {
  type: "input_image",
  image_url: string,
};
