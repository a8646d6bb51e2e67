// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Model } from "./Model";

/** A page of models. */
export type ModelListResponse = {
  data: Array<Model>,
  /** null at the end. */
  nextCursor: string | null,
};
