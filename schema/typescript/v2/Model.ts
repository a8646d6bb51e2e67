// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ReasoningEffort } from "../ReasoningEffort";
import type { ReasoningEffortOption } from "./ReasoningEffortOption";

/** A model as a person chooses it. */
export type Model = {
  id: string,
  defaultReasoningEffort: ReasoningEffort,
  description: string,
  displayName: string,
  isDefault: boolean,
  model: string,
  supportedReasoningEfforts: Array<ReasoningEffortOption>,
  supportsPersonality: boolean,
};
