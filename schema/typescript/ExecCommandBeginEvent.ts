// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ExecCommandSource } from "./ExecCommandSource";
import type { ParsedCommand } from "./ParsedCommand";

/** A command begins (or is about to be asked for). */
export type ExecCommandBeginEvent = {
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
};
