// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ReasoningEffort } from "./ReasoningEffort";

/** What a collaboration mode sets. */
export type Settings = {
  model: string,
  /** null: the model's own default. */
  reasoning_effort: ReasoningEffort | null,
  /** Text for the model about this mode; null or empty: none. */
  developer_instructions: string | null,
};
