/** What the projection to the older language needs to know besides the event. */

/** What the older language leaves to the thread's settings. */
export interface LegacyOptions {
  /** Whether complete raw reasoning is told (`show_raw_agent_reasoning`); its deltas always are. */
  showRawReasoning: boolean;
}

/** Where an item belongs, in the members that the older language has for it. */
export interface LegacyPlace {
  thread_id: string;
  turn_id: string;
}
