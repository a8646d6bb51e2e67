// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ExecOutputStream } from "./ExecOutputStream";

/** Output of a command. */
export type ExecCommandOutputDeltaEvent = {
  call_id: string,
  stream: ExecOutputStream,
  /** Base64. */
  chunk: string,
};
