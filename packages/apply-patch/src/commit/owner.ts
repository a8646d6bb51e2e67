/** Tells whether the process that began a commit is still there, also across restarts and process namespaces. */

import { readFileSync, readlinkSync } from "node:fs";

/** A process, told apart from later ones with the same number. */
export interface Owner {
  readonly pid: number;
  /** Start time in the kernel's ticks; "" where the system does not tell. */
  readonly started: string;
  /** The namespace in which `pid` counts; "" where there is only one. */
  readonly namespace: string;
}

/** What is known of an owner; "unknown" when it lives or lived where this process cannot look. */
export type Liveness = "alive" | "dead" | "unknown";

/** This process. */
export function thisProcess(): Owner {
  return { pid: process.pid, started: startTime("self"), namespace: processNamespace() };
}

/** Whether an owner still runs. */
export function livenessOf(owner: Owner): Liveness {
  if (owner.namespace !== processNamespace()) return "unknown";
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    const gone = error instanceof Error && "code" in error && error.code === "ESRCH";
    return gone ? "dead" : "unknown"; // any other refusal: there is a process, of another user
  }
  return startTime(String(owner.pid)) === owner.started ? "alive" : "dead";
}

/** Field 22 of `/proc/PID/stat`, counted after the name in parentheses, which may hold blanks. A zombie has none. */
function startTime(pid: string): string {
  return read(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? "zombie" : (fields[19] ?? "");
  });
}

function processNamespace(): string {
  return read(() => readlinkSync("/proc/self/ns/pid"));
}

function read(source: () => string): string {
  try {
    return source();
  } catch {
    return ""; // no /proc on this system
  }
}
