/** What a task is: long work of a thread that becomes one turn. */

import type { UserInput } from "@codex-ts/protocol";
import type { Turn } from "../turn/turn.js";

/** How a task takes input that arrives while it runs. */
export type Steering = "accepts" | "refuses";

/** Long work; one runs at a time. */
export interface Task {
  kind: "regular" | "review" | "compact" | "undo" | "userShell";
  steering: Steering;
  /** What a person asked for; told to the notify program. */
  input: readonly UserInput[];
  /**
   * Does the work and says its own `turn.started`.
   * @returns the last message of the model; null when there is none
   * @throws {TurnFailure} when it cannot go on; anything when the turn was cut short
   */
  run(turn: Turn): Promise<string | null>;
}
