// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ToolRequestUserInputOption } from "./ToolRequestUserInputOption";

/** One question of the model to the user. */
export type ToolRequestUserInputQuestion = {
  id: string,
  header: string,
  question: string,
  /** Whether a free text is welcome besides the options. */
  isOther: boolean,
  options: Array<ToolRequestUserInputOption> | null,
};
