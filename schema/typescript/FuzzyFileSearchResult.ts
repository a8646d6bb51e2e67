// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A file that matches. */
export type FuzzyFileSearchResult = {
  file_name: string,
  /** Positions of the matching characters in `path`. */
  indices: Array<number> | null,
  path: string,
  root: string,
  score: number,
};
