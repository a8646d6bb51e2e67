// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What happens behind the scenes. */
export type BackgroundEventEvent = {
  message: string,
};
