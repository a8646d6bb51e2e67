// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Turn } from "./Turn";

/** A page of turns. (since 0.169) */
export type ThreadTurnsListResponse = {
  data: Array<Turn>,
  /** null at the end. */
  nextCursor: string | null,
};
