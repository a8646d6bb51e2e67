// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ReviewCodeLocation } from "./ReviewCodeLocation";

/** One finding. */
export type ReviewFinding = {
  title: string,
  body: string,
  /** 0 to 1. */
  confidence_score: number,
  /** 0 (drop everything) to 3 (nice to have). */
  priority: number,
  code_location: ReviewCodeLocation,
};
