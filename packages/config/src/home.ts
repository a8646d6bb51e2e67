/** Finds CODEX_HOME, the folder of everything the agent keeps. */

import { realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { ConfigError, osErrorText } from "./errors.js";

/** The environment of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * CODEX_HOME with links resolved, when it is set (it must exist then); else `.codex` in the home folder, which need
 * not exist.
 * @throws ConfigError of kind `home`
 */
export function resolveCodexHome(env: Environment): string {
  const configured = env["CODEX_HOME"];
  if (configured !== undefined && configured !== "") {
    return existingFolder(configured);
  }
  const home = homeFolder(env);
  if (home === null) {
    throw new ConfigError("home", "Could not find home directory");
  }
  return join(home, ".codex");
}

/** The user's home folder: HOME (USERPROFILE on Windows), else what the system says; null when nobody knows. */
export function homeFolder(env: Environment): string | null {
  const named = process.platform === "win32" ? env["USERPROFILE"] : env["HOME"];
  if (named !== undefined && named !== "") {
    return named;
  }
  try {
    return homedir() || null;
  } catch {
    // homedir() throws for a user without an entry in the user database.
    return null;
  }
}

function existingFolder(path: string): string {
  try {
    const real = realpathSync(path);
    if (!statSync(real).isDirectory()) {
      throw new ConfigError("home", `CODEX_HOME is not a folder: ${path}`, { file: path });
    }
    return real;
  } catch (error) {
    if (error instanceof ConfigError) {
      throw error;
    }
    const advice = `CODEX_HOME is set to ${path}; create that folder or unset the variable`;
    throw new ConfigError("home", `${osErrorText(error)} (${advice})`, { file: path, cause: error });
  }
}
