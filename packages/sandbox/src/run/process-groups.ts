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

/** Sends a signal to all below the first `skip` generations, of which the ancestor is one: the command, not the wrapper around it. */
export function signalDescendants(ancestor: number, skip: number, signal: NodeJS.Signals): void {
  // Parents first: a shell whose child ended before it was told itself goes on with its script.
  for (const pid of descendantsOf(ancestor, skip)) {
    signalOne(pid, signal);
  }
}

/** Looked up as a whole before anybody is told: orphans would be found no more. */
function descendantsOf(ancestor: number, skip: number): number[] {
  return childrenOf(ancestor).flatMap((child) => [...(skip <= 1 ? [child] : []), ...descendantsOf(child, skip - 1)]);
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
