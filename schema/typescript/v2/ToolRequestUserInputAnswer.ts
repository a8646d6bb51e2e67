// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The answers to one question. */
export type ToolRequestUserInputAnswer = {
  answers: Array<string>,
};
