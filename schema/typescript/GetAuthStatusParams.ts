// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Asks who is signed in. */
export type GetAuthStatusParams = {
  includeToken?: boolean | null,
  refreshToken?: boolean | null,
};
