// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A line of the prompt history. */
export type HistoryEntry = {
  conversation_id: string,
  /** Unix seconds. */
  ts: number,
  text: string,
};
