// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { RequestUserInputQuestionOption } from "./RequestUserInputQuestionOption";

/** One question of the model to the user. */
export type RequestUserInputQuestion = {
  id: string,
  header: string,
  question: string,
  /** Whether a free text is welcome besides the options. */
  isOther?: boolean,
  options?: Array<RequestUserInputQuestionOption> | null,
};
