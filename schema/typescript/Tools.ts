// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Tools that can be turned on and off. */
export type Tools = {
  webSearch: boolean | null,
  viewImage: boolean | null,
};
