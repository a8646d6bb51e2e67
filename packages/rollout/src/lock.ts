/** One writer per session file, across processes. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ThreadId } from "@codex-ts/protocol";
import { RolloutLockedError, sessionStorageError } from "./errors.js";
import { type ProcessLock, tryLock } from "./process-lock.js";

/**
 * Takes the lock of a session. Locks live apart from the session files (`CODEX_HOME/locks`), because the original finds
 * sessions by looking for the id in any file name below `sessions`.
 * @throws RolloutLockedError when somebody else holds it, SessionStorageError when locks cannot be kept at all
 */
export function takeLock(codexHome: string, id: ThreadId): ProcessLock {
  const folder = join(codexHome, "locks");
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw sessionStorageError(error, codexHome, folder);
  }
  const path = join(folder, `${id}.lock`);
  const taken = tryLock(path);
  if ("release" in taken) return taken;
  throw new RolloutLockedError(id, taken, path);
}
