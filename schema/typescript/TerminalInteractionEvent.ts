// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Text was written to a running session; empty for a poll. */
export type TerminalInteractionEvent = {
  call_id: string,
  process_id: string,
  stdin: string,
};
