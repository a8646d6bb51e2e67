/** Code review. */

import type { ReviewTarget as CoreReviewTarget } from "@codex-ts/protocol";
import type { Turn } from "./thread.js";

/** Where a review runs: in the thread itself, or in a new one. */
export type ReviewDelivery = "inline" | "detached";

/** What a review looks at. */
export type ReviewTarget = CoreReviewTarget;

/** Starts a review. */
export interface ReviewStartParams {
  threadId: string;
  target: ReviewTarget;
  /** `inline` when absent. */
  delivery?: ReviewDelivery | null;
}

/** The review's turn. */
export interface ReviewStartResponse {
  turn: Turn;
  /** The thread itself for an inline review. */
  reviewThreadId: string;
}
