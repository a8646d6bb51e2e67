/** Looks for processes by a word of their command lines: inside of a sandbox they have other numbers than outside. */

import { readdirSync, readFileSync } from "node:fs";

/** A word that no other process has; as an argument of `sleep` it is also a time that is long enough. */
export function marker(): string {
  return `98765.${Math.floor(Math.random() * 1e12)}`;
}

/** How many processes have the word in their command line. */
export function processesWith(word: string): number {
  return pidsWith(word).length;
}

/** Ends those processes. */
export function killProcessesWith(word: string): void {
  for (const pid of pidsWith(word)) process.kill(pid, "SIGKILL");
}

function pidsWith(word: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && commandLine(name).includes(word))
    .map(Number);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return ""; // it ended meanwhile
  }
}
