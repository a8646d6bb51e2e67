// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ReviewTarget } from "./ReviewTarget";

/** A request for a review; the hint is what a client shows for it. */
export type ReviewRequest = {
  target: ReviewTarget,
  user_facing_hint?: string | null,
};
