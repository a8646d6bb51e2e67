/** Who holds a lock, told apart from later processes with the same number. For every lock that is a file naming its holder. */

import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process that holds a lock, as it stands in the lock's file. */
export interface LockingProcess {
  readonly pid: number;
  readonly host: string;
  /** Tells a process from a later one with the same number; "" where the system does not say, and in older locks. */
  readonly start: string;
  /** The boot and the container in which `pid` counts; "" where the system does not say, and in older locks. */
  readonly place: string;
}

let cachedSelf: LockingProcess | undefined;

/** @returns this process */
export function thisProcess(): LockingProcess {
  return (cachedSelf ??= { pid: process.pid, host: hostname(), start: startOf(process.pid), place: thisPlace() });
}

/** @returns what a lock's file says; null for what names nobody, as a file that its writer did not finish */
export function readHolder(content: string): LockingProcess | null {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return null; // half-written by a process that died
  }
  if (typeof value !== "object" || value === null || !("pid" in value) || !("host" in value)) return null;
  const { pid, host } = value;
  // Other numbers would ask the system about whole groups of processes.
  if (typeof pid !== "number" || !Number.isInteger(pid) || pid <= 0 || typeof host !== "string") return null;
  const start = "start" in value && typeof value.start === "string" ? value.start : "";
  const place = "place" in value && typeof value.place === "string" ? value.place : "";
  return { pid, host, start, place };
}

/** Whether the holder still runs; "unknown" for one of another machine, boot or container, which cannot be asked. */
export function livenessOf(holder: LockingProcess): "alive" | "dead" | "unknown" {
  const self = thisProcess();
  if (holder.host !== self.host || (holder.place !== "" && holder.place !== self.place)) return "unknown";
  if (!exists(holder.pid)) return "dead";
  // The number alone says little: in a container the program may have the same one each time.
  const start = startOf(holder.pid);
  return start === "" || holder.start === "" || start === holder.start ? "alive" : "dead";
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Linux: clock ticks since boot at which the process began, or that it is a zombie, which holds nothing. Elsewhere "". */
function startOf(pid: number): string {
  return textOf(() => {
    // Fields 3 and 22; the second one is the program's name in parentheses and may hold anything.
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? "zombie" : (fields[19] ?? "");
  });
}

/** Linux: the boot's id and the namespace of process ids. Elsewhere "": then the name of the machine has to do. */
function thisPlace(): string {
  return textOf(() => {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  });
}

function textOf(source: () => string): string {
  try {
    return source();
  } catch {
    return ""; // no /proc on this system, or no such process
  }
}
