// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A choice of an answer. */
export type ToolRequestUserInputOption = {
  label: string,
  description: string,
};
