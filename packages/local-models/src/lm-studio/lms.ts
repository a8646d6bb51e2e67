/** Finds and runs LM Studio's command line program. */

import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { LmsRunner } from "./prepare.js";

/** The program's path: from PATH, else where LM Studio installs it; null when it is in neither place. */
export async function findLms({ env, home, platform }: Omit<LmsRunner, "run">): Promise<string | null> {
  const name = platform === "win32" ? "lms.exe" : "lms";
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const folder of [...folders, join(home, ".lmstudio", "bin")]) {
    const path = join(folder, name);
    if (await isExecutable(path)) return path;
  }
  return null;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not to be run: the next place is tried.
    return false;
  }
}

/** Runs a program with its output on stderr, so that stdout stays the caller's. */
export function programRunner(env: Readonly<Record<string, string | undefined>>): LmsRunner["run"] {
  return async (command, args, signal) => {
    const { spawn } = await import("node:child_process");
    const child = spawn(command, args, { env, signal, stdio: ["ignore", 2, 2] });
    return await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
  };
}
