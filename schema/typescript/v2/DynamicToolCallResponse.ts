// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What the tool says; goes to the model as it is. */
export type DynamicToolCallResponse = {
  output: string,
  success: boolean,
};
