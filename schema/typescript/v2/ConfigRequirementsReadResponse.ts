// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ConfigRequirements } from "./ConfigRequirements";

/** What the administrator allows; null: nothing is limited. */
export type ConfigRequirementsReadResponse = {
  requirements: ConfigRequirements | null,
};
