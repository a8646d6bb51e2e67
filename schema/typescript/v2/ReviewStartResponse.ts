// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Turn } from "./Turn";

/** The review's turn. */
export type ReviewStartResponse = {
  turn: Turn,
  /** The thread itself for an inline review. */
  reviewThreadId: string,
};
