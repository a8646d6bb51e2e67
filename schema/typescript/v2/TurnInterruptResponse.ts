// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The turn is stopped. */
export type TurnInterruptResponse = Record<string, never>;
