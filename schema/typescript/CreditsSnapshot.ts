// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Credits of an account. */
export type CreditsSnapshot = {
  has_credits: boolean,
  unlimited: boolean,
  balance?: string | null,
};
