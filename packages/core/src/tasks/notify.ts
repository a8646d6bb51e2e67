/** Tells the user's own program that a turn has ended. */

import type { TurnOutcome } from "@codex-ts/protocol";
import type { Turn } from "../turn/turn.js";
import type { Task } from "./task.js";

/** A file descriptor. */
const STDERR = 2;

/**
 * Starts the configured program with a JSON text as its last argument; it is not waited for. What it writes goes to our
 * stderr where that is a terminal, and nowhere else: stdin and stdout may carry a protocol, or the answer, and who reads
 * our stderr to its end must not wait for a program that goes on.
 */
export function notifyProgram(task: Task, turn: Turn, outcome: TurnOutcome, lastMessage: string | null): void {
  const { session } = turn;
  const [program, ...args] = session.config.notify ?? [];
  if (program === undefined || task.kind !== "regular" || outcome.kind !== "completed") return;
  const message = {
    type: "agent-turn-complete",
    "thread-id": session.id,
    "turn-id": turn.id,
    cwd: turn.settings.cwd,
    "input-messages": task.input.flatMap((part) => (part.type === "text" ? [part.text] : [])),
    "last-assistant-message": lastMessage,
  };
  const failed = (error: unknown): void =>
    session.warn(
      `The notify program could not be started: ${error instanceof Error ? error.message : String(error)}`,
      null,
    );
  try {
    // Loaded here and at once: few have such a program, and those who have it want it started before we exit.
    const { spawn } = process.getBuiltinModule("node:child_process");
    const output = process.getBuiltinModule("node:tty").isatty(STDERR) ? STDERR : "ignore";
    const child = spawn(program, [...args, JSON.stringify(message)], {
      stdio: ["ignore", output, output],
      detached: true,
    });
    child.on("error", failed);
    child.unref();
  } catch (error) {
    failed(error); // an argument longer than the system takes fails at once
  }
}
