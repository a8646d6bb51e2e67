// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Asks who is signed in. */
export type GetAccountParams = {
  /** Renew the token first. */
  refreshToken?: boolean,
};
