// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Where a review runs: in the thread itself, or in a new one. */
export type ReviewDelivery = "inline" | "detached";
