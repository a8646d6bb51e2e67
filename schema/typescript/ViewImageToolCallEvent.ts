// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The model looked at an image. */
export type ViewImageToolCallEvent = {
  call_id: string,
  path: string,
};
