// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { TextRange } from "./TextRange";

/** Something is wrong with the configuration, and what was done about it. */
export type ConfigWarningNotification = {
  summary: string,
  /** null when the summary says all. */
  details: string | null,
  /** The file. */
  path?: string | null,
  /** Where in the file. */
  range?: TextRange | null,
};
