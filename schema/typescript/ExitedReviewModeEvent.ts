// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ReviewOutputEvent } from "./ReviewOutputEvent";

/** The reviewer is done; null: without a result. */
export type ExitedReviewModeEvent = {
  review_output?: ReviewOutputEvent | null,
};
