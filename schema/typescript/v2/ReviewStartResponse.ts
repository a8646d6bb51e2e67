// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Turn } from "./Turn";

/** The review's turn. */
export type ReviewStartResponse = {
  /** The thread itself for an inline review. */
  reviewThreadId: string,
  turn: Turn,
};
