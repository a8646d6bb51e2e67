// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CollaborationModeMask } from "../CollaborationModeMask";

/** All collaboration modes. */
export type CollaborationModeListResponse = {
  data: Array<CollaborationModeMask>,
};
