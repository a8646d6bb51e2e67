// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Turn } from "./Turn";

/** The turn, queued. */
export type TurnStartResponse = {
  turn: Turn,
};
