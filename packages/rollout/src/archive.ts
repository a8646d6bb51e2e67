/** Moves session files into the archive and back. */

import { existsSync, mkdirSync, realpathSync, renameSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import type { ThreadId } from "@codex-ts/protocol";
import { archiveDir, dayDir, parseRolloutName, sessionsDir } from "./file-names.js";
import { systemText } from "./errors.js";
import { findRollout } from "./find.js";

/** A session cannot be moved; the message says why. */
export class RolloutMoveError extends Error {
  override readonly name = "RolloutMoveError";
}

/**
 * Moves a thread's file from `sessions` to the flat archive and gives its new path. The file's times stay.
 * @throws RolloutMoveError when the path is not a live session file of this thread
 */
export function archiveRollout(options: { codexHome: string; id: ThreadId; path: string }): string {
  const real = archivableRollout(options);
  return move(real, join(archiveDir(options.codexHome), basename(real)));
}

/**
 * The real path of what {@link archiveRollout} would move.
 * @throws RolloutMoveError as it does; an error of the system when there is no folder of sessions
 */
export function archivableRollout(options: { codexHome: string; id: ThreadId; path: string }): string {
  const { codexHome, id, path } = options;
  const root = rootOf(codexHome);
  const real = existsSync(path) ? realpathSync(path) : null;
  const fromRoot = real === null ? ".." : relative(root, real);
  if (real === null || fromRoot === "" || fromRoot === ".." || fromRoot.startsWith(`..${sep}`)) {
    throw new RolloutMoveError(`rollout path \`${path}\` must be in sessions directory`);
  }
  if (!basename(real).toLowerCase().endsWith(`${id.toLowerCase()}.jsonl`)) {
    throw new RolloutMoveError(`rollout path \`${path}\` does not match thread id ${id}`);
  }
  return real;
}

/**
 * Moves a thread's file back to the day folder its name belongs to and gives its new path.
 * @throws RolloutMoveError when there is no such archived thread
 */
export function unarchiveRollout(options: { codexHome: string; id: ThreadId }): string {
  const { codexHome, id } = options;
  const path = findRollout({ codexHome, id, archived: true });
  if (path === null) throw new RolloutMoveError(`no archived rollout found for thread id ${id}`);
  const name = parseRolloutName(basename(path));
  if (name === null) throw new RolloutMoveError(`rollout path \`${path}\` missing filename timestamp`);
  return move(path, join(dayDir(codexHome, name.stamp), basename(path)));
}

function rootOf(codexHome: string): string {
  try {
    return realpathSync(sessionsDir(codexHome));
  } catch (error) {
    throw new Error(`unable to resolve sessions directory: ${systemText(error)}`, { cause: error });
  }
}

function move(from: string, to: string): string {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  if (existsSync(to)) throw new RolloutMoveError(`\`${to}\` exists already; move it away first`);
  renameSync(from, to);
  return to;
}
