// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ReviewFinding } from "./ReviewFinding";

/** A review's result. */
export type ReviewOutputEvent = {
  findings: Array<ReviewFinding>,
  /** "patch is correct", "patch is incorrect", or empty when the reviewer did not answer in the asked form. */
  overall_correctness: string,
  overall_explanation: string,
  /** 0 to 1. */
  overall_confidence_score: number,
};
