// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CancelLoginAccountStatus } from "./CancelLoginAccountStatus";

/** Whether there was something to give up. */
export type CancelLoginAccountResponse = {
  status: CancelLoginAccountStatus,
};
