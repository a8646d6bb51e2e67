// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Written. */
export type SetDefaultModelResponse = Record<string, never>;
