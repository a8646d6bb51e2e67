/** Signals of the system: their names, and sending one to a process group. */

import { constants } from "node:os";

/** Sends to the group that `pid` leads; the child of a terminal leads its own. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    // All of the group has ended already.
  }
}

/** The name of a signal by its number on this system. */
export function signalName(number: number): string {
  const entry = Object.entries(constants.signals).find(([, value]) => value === number);
  return entry?.[0] ?? `signal ${number}`;
}
