// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A span of time. */
export type Duration = {
  secs: number,
  nanos: number,
};
