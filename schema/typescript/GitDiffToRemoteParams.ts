// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Asks for the difference to the closest commit that a remote knows. */
export type GitDiffToRemoteParams = {
  cwd: string,
};
