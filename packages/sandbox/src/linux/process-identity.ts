/** Names a process so that it is never confused with a later one of the same number. */

import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** The field of /proc/PID/stat that says when the process started, counted after the program's name. */
const START_TIME_FIELD = 19;

/** `<machine>-<pid namespace>-<pid>-<start time>` of this process. */
export function ownIdentity(): string {
  return `${machine()}-${pidNamespace()}-${process.pid}-${startTime(process.pid) ?? 0}`;
}

/** Whether the process is known to be gone. One of another machine (a shared disk) or process space (a container) is never judged. */
export function isGone(identity: string): boolean {
  const [host, namespace, pid, start] = identity.split("-");
  return host === machine() && namespace === pidNamespace() && pid !== undefined && startTime(Number(pid)) !== start;
}

/** The processes that a process has started and that still live; none when it is gone. */
export function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
  } catch {
    // The process ended while we looked.
    return [];
  }
}

/** Eight digits of the machine's own number, or zeros where it has none. */
function machine(): string {
  try {
    return readFileSync("/etc/machine-id", "utf8").slice(0, 8);
  } catch {
    // Common in containers.
    return "00000000";
  }
}

function pidNamespace(): string {
  return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
}

function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name is in parentheses and may itself contain spaces and parentheses.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[START_TIME_FIELD];
  } catch {
    // No such process.
    return undefined;
  }
}
