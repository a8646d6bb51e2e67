// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ExperimentalFeatureStage } from "./ExperimentalFeatureStage";

/** A feature. */
export type ExperimentalFeature = {
  name: string,
  stage: ExperimentalFeatureStage,
  displayName: string | null,
  description: string | null,
  announcement: string | null,
  enabled: boolean,
  defaultEnabled: boolean,
};
