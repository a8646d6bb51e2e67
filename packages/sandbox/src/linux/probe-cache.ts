/** Remembers that bubblewrap works, so that a short run of ours need not try it again. */

import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { release } from "node:os";
import path from "node:path";
import type { AbsolutePath } from "@codex-ts/protocol";
import type { BubblewrapReady } from "../plan/backends.js";

/**
 * Only successes are kept, and only for this boot, user and binary. A memory that is wrong costs a command that does not
 * start; it can never make one start without its sandbox.
 */
export function recallBubblewrap(codexHome: AbsolutePath, program: AbsolutePath): BubblewrapReady | undefined {
  try {
    const kept: unknown = JSON.parse(readFileSync(cacheFile(codexHome), "utf8"));
    return isKept(kept) && kept.key === keyOf(program) ? kept.bubblewrap : undefined;
  } catch {
    // Never written, or damaged: probe again.
    return undefined;
  }
}

/** Written whole or not at all; failing to write costs the next run a probe. */
export function rememberBubblewrap(codexHome: AbsolutePath, bubblewrap: BubblewrapReady): void {
  const file = cacheFile(codexHome);
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify({ key: keyOf(bubblewrap.program), bubblewrap }), { mode: 0o600 });
    renameSync(temporary, file);
  } catch {
    // See above.
  }
}

interface Kept {
  key: string;
  bubblewrap: BubblewrapReady;
}

function isKept(value: unknown): value is Kept {
  return typeof value === "object" && value !== null && "key" in value && "bubblewrap" in value;
}

function cacheFile(codexHome: AbsolutePath): AbsolutePath {
  return path.join(codexHome, "tmp", "sandbox-probe.json");
}

/** Everything the answer depends on. */
function keyOf(program: AbsolutePath): string {
  const { dev, ino, size, mtimeMs } = statSync(program);
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  const profile = readOr("/proc/self/attr/current", "").trim();
  return [release(), boot, process.getuid?.(), profile, program, dev, ino, size, mtimeMs].join(" ");
}

function readOr(file: AbsolutePath, otherwise: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // No security module that labels processes.
    return otherwise;
  }
}
