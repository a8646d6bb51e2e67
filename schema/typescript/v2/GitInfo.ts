// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The repository a thread began in. */
export type GitInfo = {
  sha: string | null,
  branch: string | null,
  originUrl: string | null,
};
