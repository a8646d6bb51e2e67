/** Code review: what to look at, and what was found. */

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
  start: number;
  end: number;
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
  confidence_score: number;
  /** 0 (drop everything) to 3 (nice to have). */
  priority: number;
  code_location: ReviewCodeLocation;
}

/** A review's result. */
export interface ReviewOutput {
  findings: ReviewFinding[];
  /** "patch is correct", "patch is incorrect", or empty when the reviewer did not answer in the asked form. */
  overall_correctness: string;
  overall_explanation: string;
  /** 0 to 1. */
  overall_confidence_score: number;
}
