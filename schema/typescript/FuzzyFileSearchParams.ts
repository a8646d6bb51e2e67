// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Finds files by some of the letters of their paths. */
export type FuzzyFileSearchParams = {
  query: string,
  roots: Array<string>,
  /** A later search with the same token ends an earlier one. */
  cancellationToken?: string | null,
};
