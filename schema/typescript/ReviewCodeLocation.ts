// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ReviewLineRange } from "./ReviewLineRange";

/** Where a finding is. */
export type ReviewCodeLocation = {
  absolute_file_path: string,
  line_range: ReviewLineRange,
};
