// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Duration } from "./Duration";
import type { ExecCommandSource } from "./ExecCommandSource";
import type { ParsedCommand } from "./ParsedCommand";

/** A command ended. */
export type ExecCommandEndEvent = {
  call_id: string,
  /** The id of the live process, for sessions that outlive the call. */
  process_id?: string | null,
  turn_id: string,
  command: Array<string>,
  cwd: string,
  parsed_cmd: Array<ParsedCommand>,
  source?: ExecCommandSource,
  /** What was typed into a running session. */
  interaction_input?: string | null,
  stdout: string,
  stderr: string,
  /** Both streams together. */
  aggregated_output?: string,
  /** -1 when it never ran. */
  exit_code: number,
  duration: Duration,
  /** The output as the model gets it. */
  formatted_output: string,
};
