// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ToolRequestUserInputQuestion } from "./ToolRequestUserInputQuestion";

/** The model asks the user. Experimental. */
export type ToolRequestUserInputParams = {
  threadId: string,
  turnId: string,
  itemId: string,
  questions: Array<ToolRequestUserInputQuestion>,
};
