/** Models as a person chooses them. */

import type { ReasoningEffort } from "./policies.js";

/** An effort a model offers. */
export interface ReasoningEffortPreset {
  effort: ReasoningEffort;
  description: string;
}

/** A newer model to move to. */
export interface ModelUpgrade {
  id: string;
  reasoning_effort_mapping?: Partial<Record<ReasoningEffort, ReasoningEffort>> | null;
  migration_config_key: string;
  model_link?: string | null;
  upgrade_copy?: string | null;
}

/** An entry of the model list. */
export interface ModelPreset {
  id: string;
  model: string;
  display_name: string;
  description: string;
  default_reasoning_effort: ReasoningEffort;
  supported_reasoning_efforts: ReasoningEffortPreset[];
  is_default: boolean;
  upgrade?: ModelUpgrade | null;
  show_in_picker: boolean;
  supported_in_api: boolean;
}
