// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ModeKind } from "./ModeKind";
import type { ReasoningEffort } from "./ReasoningEffort";

/** A collaboration mode as a preset: null members leave the current setting. */
export type CollaborationModeMask = {
  name: string,
  mode: ModeKind | null,
  model: string | null,
  reasoning_effort: ReasoningEffort | null,
  developer_instructions: string | null,
};
