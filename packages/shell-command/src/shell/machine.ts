/** Asks this machine what shell detection wants to know: the only file here that touches the disk. */

import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import type { ShellLookup } from "./detect.js";

/** The lookup for the process's own user and the PATH in `env`. */
export function machineShellLookup(env: NodeJS.ProcessEnv = process.env): ShellLookup {
  return {
    platform: process.platform,
    loginShell,
    which: (program) => which(program, env),
    exists: existsSync,
  };
}

/** The password file comes first: bun's `userInfo` gives `$SHELL` for the shell, which is another matter. */
function loginShell(): string | null {
  const listed = shellFromPasswordFile(process.getuid?.());
  if (listed !== null) return listed;
  try {
    // Users who are kept elsewhere: by a directory server, or by macOS.
    return userInfo().shell || null;
  } catch {
    // No entry for this user id, which containers make common.
    return null;
  }
}

/** The seventh field of the line whose third is the user's id. */
function shellFromPasswordFile(uid: number | undefined): string | null {
  if (uid === undefined) return null;
  let text: string;
  try {
    text = readFileSync("/etc/passwd", "utf8");
  } catch {
    // Not every system has the file; detection goes on with what is installed.
    return null;
  }
  for (const line of text.split("\n")) {
    const fields = line.split(":");
    if (fields[2] === String(uid)) return fields[6]?.trim() || null;
  }
  return null;
}

function which(program: string, env: NodeJS.ProcessEnv): string | null {
  const names = process.platform === "win32" ? [`${program}.exe`, program] : [program];
  for (const folder of (env["PATH"] ?? env["Path"] ?? "").split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    for (const name of names) {
      const path = join(folder, name);
      if (isExecutableFile(path)) return path;
    }
  }
  return null;
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Absent or not ours to run: both mean "look further".
    return false;
  }
}
