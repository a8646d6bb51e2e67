/** Who holds a lock, told apart from later processes with the same number. */

import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process that holds a lock, as it stands in the lock's file. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** Start time in the kernel's ticks; "" where the system does not tell, and in locks of older versions. */
  readonly started: string;
  /** The namespace in which `pid` counts; "" where there is only one, and in locks of older versions. */
  readonly namespace: string;
}

/** This process. */
export function thisProcess(): LockHolder {
  return { pid: process.pid, host: hostname(), started: startTime("self"), namespace: processNamespace() };
}

/** Reads a lock's file; null for what is no holder, as a file that its writer did not finish. */
export function readHolder(content: string): LockHolder | null {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return null; // half-written by a process that died
  }
  if (typeof value !== "object" || value === null || !("pid" in value) || !("host" in value)) return null;
  return {
    pid: Number(value.pid),
    host: String(value.host),
    started: "started" in value ? String(value.started) : "",
    namespace: "namespace" in value ? String(value.namespace) : "",
  };
}

/** Whether the holder still runs; "unknown" for one of another machine or process space, which cannot be asked. */
export function livenessOf(holder: LockHolder): "alive" | "dead" | "unknown" {
  if (holder.host !== hostname()) return "unknown";
  if (holder.namespace !== "" && holder.namespace !== processNamespace()) return "unknown";
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM" ? "alive" : "dead";
  }
  // The number alone says little: in a container the program may have the same one each time.
  return holder.started === "" || startTime(String(holder.pid)) === holder.started ? "alive" : "dead";
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
