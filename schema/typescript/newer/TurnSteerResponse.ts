// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The input belongs to this turn. */
export type TurnSteerResponse = {
  turnId: string,
};
