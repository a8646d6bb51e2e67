// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Account } from "./Account";

/** Who is signed in. */
export type GetAccountResponse = {
  /** null: nobody, or the provider needs no account. */
  account: Account | null,
  requiresOpenaiAuth: boolean,
};
