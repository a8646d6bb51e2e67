// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Credits of an account. */
export type CreditsSnapshot = {
  hasCredits: boolean,
  unlimited: boolean,
  balance: string | null,
};
