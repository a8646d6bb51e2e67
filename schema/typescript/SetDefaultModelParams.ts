// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ReasoningEffort } from "./ReasoningEffort";

/** Writes model and effort to the user's config; null or absent removes. */
export type SetDefaultModelParams = {
  model?: string | null,
  reasoningEffort?: ReasoningEffort | null,
};
