// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Stops the running turn. */
export type TurnInterruptParams = {
  threadId: string,
  turnId: string,
};
