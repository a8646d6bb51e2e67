// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ReviewDelivery } from "./ReviewDelivery";
import type { ReviewTarget } from "./ReviewTarget";

/** Starts a review. */
export type ReviewStartParams = {
  threadId: string,
  target: ReviewTarget,
  /** `inline` when absent. */
  delivery?: ReviewDelivery | null,
};
