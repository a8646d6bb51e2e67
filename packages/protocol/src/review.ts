/** Code review: what to look at, and what was found. */

import type { Float, Int32, Uint32 } from "./numbers.js";

/** What a review looks at. */
export type ReviewTarget =
  | { type: "uncommittedChanges" }
  | { type: "baseBranch"; branch: string }
  | { type: "commit"; sha: string; title?: string | null }
  | { type: "custom"; instructions: string };

/** A request for a review; the hint is what a client shows for it. */
export interface ReviewRequest {
  target: ReviewTarget;
  user_facing_hint?: string | null;
}

/** Lines, 1-based and inclusive. */
export interface ReviewLineRange {
  start: Uint32;
  end: Uint32;
}

/** Where a finding is. */
export interface ReviewCodeLocation {
  absolute_file_path: string;
  line_range: ReviewLineRange;
}

/** One finding. */
export interface ReviewFinding {
  title: string;
  body: string;
  /** 0 to 1. */
  confidence_score: Float;
  /** 0 (drop everything) to 3 (nice to have). */
  priority: Int32;
  code_location: ReviewCodeLocation;
}

/** A review's result. @wire ReviewOutputEvent */
export interface ReviewOutput {
  findings: ReviewFinding[];
  /** "patch is correct", "patch is incorrect", or empty when the reviewer did not answer in the asked form. */
  overall_correctness: string;
  overall_explanation: string;
  /** 0 to 1. */
  overall_confidence_score: Float;
}
