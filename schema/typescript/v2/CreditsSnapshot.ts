// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Credits of an account. */
export type CreditsSnapshot = {
  balance: string | null,
  hasCredits: boolean,
  unlimited: boolean,
};
