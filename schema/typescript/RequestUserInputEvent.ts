// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { RequestUserInputQuestion } from "./RequestUserInputQuestion";

/** The model asks the user. */
export type RequestUserInputEvent = {
  call_id: string,
  turn_id?: string,
  questions: Array<RequestUserInputQuestion>,
};
