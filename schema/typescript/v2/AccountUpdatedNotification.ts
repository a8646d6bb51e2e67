// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AuthMode } from "../AuthMode";

/** Who is signed in has changed. */
export type AccountUpdatedNotification = {
  /** null: nobody. */
  authMode: AuthMode | null,
};
