// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AppInfo } from "./AppInfo";

/** A page of apps. */
export type AppsListResponse = {
  data: Array<AppInfo>,
  /** null at the end. */
  nextCursor: string | null,
};
