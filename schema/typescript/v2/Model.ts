// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ReasoningEffort } from "../ReasoningEffort";
import type { ReasoningEffortOption } from "./ReasoningEffortOption";

/** A model as a person chooses it. */
export type Model = {
  id: string,
  model: string,
  displayName: string,
  description: string,
  supportedReasoningEfforts: Array<ReasoningEffortOption>,
  defaultReasoningEffort: ReasoningEffort,
  supportsPersonality: boolean,
  isDefault: boolean,
};
