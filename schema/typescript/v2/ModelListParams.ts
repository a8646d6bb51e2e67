// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Lists the models that a picker shows. */
export type ModelListParams = {
  /** As the last page returned it. */
  cursor?: string | null,
  limit?: number | null,
};
