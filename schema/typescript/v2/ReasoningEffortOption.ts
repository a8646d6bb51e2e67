// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ReasoningEffort } from "../ReasoningEffort";

/** An effort that a model offers. */
export type ReasoningEffortOption = {
  reasoningEffort: ReasoningEffort,
  description: string,
};
