// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Lines, 1-based and inclusive. */
export type ReviewLineRange = {
  start: number,
  end: number,
};
