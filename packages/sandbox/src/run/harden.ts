/** Makes this process a harder target: no core files, no debugger, no variables that the dynamic linker obeys. */

import { addressOf, openCLibrary, runsUnderBun } from "./c-library.js";

/** A step that failed. */
export class HardeningFailed extends Error {
  override readonly name = "HardeningFailed";
  /** 5: could not become undumpable, 6: could not refuse debuggers, 7: could not forbid core files. */
  readonly exitCode: 5 | 6 | 7;

  constructor(exitCode: 5 | 6 | 7, step: string) {
    super(`ERROR: ${step} failed`);
    this.exitCode = exitCode;
  }
}

/** A step that could not even be tried. */
export type HardeningGap = "dumpable" | "debugger" | "core-files";

const PR_SET_DUMPABLE = 4;
const PT_DENY_ATTACH = 31;
const RLIMIT_CORE = 4;

/**
 * To be called before secrets are read. Removes `LD_*` (macOS: `DYLD_*`) from this process's environment, so that no
 * child inherits them, and closes the process to debuggers and core files. Throws {@link HardeningFailed}.
 * @returns what this runtime cannot do: without bun there is no way to the C library
 */
export function hardenProcess(): HardeningGap[] {
  const { platform } = process;
  if (platform === "win32") {
    return [];
  }
  dropVariables(platform === "darwin" ? "DYLD_" : "LD_");
  if (!runsUnderBun()) {
    return platform === "linux" ? ["dumpable", "core-files"] : ["debugger", "core-files"];
  }
  if (platform === "linux") {
    const { prctl } = openCLibrary({ prctl: { args: ["i32", "i64", "i64", "i64", "i64"], returns: "i32" } });
    demand(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), 5, "prctl(PR_SET_DUMPABLE, 0)");
  }
  if (platform === "darwin") {
    const { ptrace } = openCLibrary({ ptrace: { args: ["i32", "i32", "ptr", "i32"], returns: "i32" } });
    demand(ptrace(PT_DENY_ATTACH, 0, null, 0), 6, "ptrace(PT_DENY_ATTACH)");
  }
  const { setrlimit } = openCLibrary({ setrlimit: { args: ["i32", "ptr"], returns: "i32" } });
  // Soft and hard limit, both zero.
  demand(setrlimit(RLIMIT_CORE, addressOf(new BigUint64Array(2))), 7, "setrlimit(RLIMIT_CORE)");
  return [];
}

function demand(result: number, exitCode: HardeningFailed["exitCode"], step: string): void {
  if (result !== 0) {
    throw new HardeningFailed(exitCode, step);
  }
}

function dropVariables(prefix: string): void {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith(prefix)) {
      delete process.env[name];
    }
  }
}
