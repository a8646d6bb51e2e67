// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The repository a thread began in. */
export type GitInfo = {
  branch: string | null,
  originUrl: string | null,
  sha: string | null,
};
