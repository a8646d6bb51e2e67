// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What a review looks at. */
export type ReviewTarget = {
  type: "uncommittedChanges",
} | {
  type: "baseBranch",
  branch: string,
} | {
  type: "commit",
  sha: string,
  title?: string | null,
} | {
  type: "custom",
  instructions: string,
};
