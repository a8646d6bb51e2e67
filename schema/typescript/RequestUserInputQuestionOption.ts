// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A choice of an answer. */
export type RequestUserInputQuestionOption = {
  label: string,
  description: string,
};
