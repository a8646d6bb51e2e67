/** Commands run in sessions of their own; this keeps them from outliving us. */

import { childrenOf } from "../linux/process-identity.js";

const live = new Set<number>();

/** Remembers a group until `forgetGroup`; whatever is left when we exit is killed. */
export function rememberGroup(leader: number): void {
  if (live.size === 0) {
    process.once("exit", killLeftGroups);
  }
  live.add(leader);
}

/** The group's leader has ended. */
export function forgetGroup(leader: number): void {
  live.delete(leader);
  if (live.size === 0) {
    process.removeListener("exit", killLeftGroups);
  }
}

/** Sends a signal to every process of the group. Returns whether there was one. */
export function signalGroup(leader: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(process.platform === "win32" ? leader : -leader, signal);
    return true;
  } catch {
    // The group is gone.
    return false;
  }
}

/** Sends a signal to all descendants below the first `skip` generations: the command, not the wrapper around it. */
export function signalDescendants(ancestor: number, skip: number, signal: NodeJS.Signals): void {
  for (const child of childrenOf(ancestor)) {
    signalDescendants(child, skip - 1, signal);
    if (skip <= 1) {
      signalOne(child, signal);
    }
  }
}

function signalOne(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Ended meanwhile.
  }
}

function killLeftGroups(): void {
  for (const leader of live) {
    signalGroup(leader, "SIGKILL");
  }
}
