// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { FuzzyFileSearchResult } from "./FuzzyFileSearchResult";

/** The best matches, best first; at most 50 per root. */
export type FuzzyFileSearchResponse = {
  files: Array<FuzzyFileSearchResult>,
};
