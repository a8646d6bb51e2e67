/** Signals of the system: their names, and sending one to a process group. */

import { constants } from "node:os";

/** Sends to the group that `pid` leads; the child of a terminal leads its own. A group that cannot be reached is no error. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: all of the group has ended already. EPERM: all that is left of it runs as somebody else (sudo), or, on macOS,
    // has ended and was not waited for yet. Nobody could do anything about it, least of all where an abort is told.
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}

/** The name of a signal by its number on this system. */
export function signalName(number: number): string {
  const entry = Object.entries(constants.signals).find(([, value]) => value === number);
  return entry?.[0] ?? `signal ${number}`;
}
