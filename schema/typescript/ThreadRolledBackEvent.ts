// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The last turns were taken back; files stay as they are. */
export type ThreadRolledBackEvent = {
  num_turns: number,
};
