/** Models and collaboration modes. */

import type { CollaborationModeMask, ReasoningEffort, Uint32 } from "@codex-ts/protocol";

/** An effort that a model offers. */
export interface ReasoningEffortOption {
  reasoningEffort: ReasoningEffort;
  description: string;
}

/** A model as a person chooses it. */
export interface Model {
  id: string;
  model: string;
  displayName: string;
  description: string;
  supportedReasoningEfforts: ReasoningEffortOption[];
  defaultReasoningEffort: ReasoningEffort;
  /** @default false */
  supportsPersonality: boolean;
  isDefault: boolean;
}

/** Lists the models that a picker shows. */
export interface ModelListParams {
  /** As the last page returned it. */
  cursor?: string | null;
  limit?: Uint32 | null;
}

/** A page of models. */
export interface ModelListResponse {
  data: Model[];
  /** null at the end. */
  nextCursor: string | null;
}

/** Lists the collaboration modes. Experimental. */
export type CollaborationModeListParams = Record<string, unknown>;

/** All collaboration modes. */
export interface CollaborationModeListResponse {
  data: CollaborationModeMask[];
}
