// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Reads a stored thread without loading it. */
export type ThreadReadParams = {
  threadId: string,
  includeTurns?: boolean,
};
