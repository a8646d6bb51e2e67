// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A file that matches. */
export type FuzzyFileSearchResult = {
  root: string,
  path: string,
  file_name: string,
  score: number,
  /** Positions of the matching characters in `path`. */
  indices: Array<number> | null,
};
