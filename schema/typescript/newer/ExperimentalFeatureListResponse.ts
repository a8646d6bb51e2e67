// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ExperimentalFeature } from "./ExperimentalFeature";

/** A page of features. */
export type ExperimentalFeatureListResponse = {
  data: Array<ExperimentalFeature>,
  /** null at the end. */
  nextCursor: string | null,
};
