// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Whether there was something to give up. */
export type CancelLoginAccountStatus = "canceled" | "notFound";
