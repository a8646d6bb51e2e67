/**
 * Makes the folders on which protection for names that do not exist yet is mounted, and removes them afterwards, also
 * those of a process that was killed. Several runs and processes may need the same one at the same time: each puts a
 * marker file in, and whoever leaves last can remove the folder, because only then it is empty.
 */

import {
  appendFileSync,
  chmodSync,
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  unlinkSync,
} from "node:fs";
import path from "node:path";
import type { AbsolutePath } from "@codex-ts/protocol";
import { isOwnMountPoint, markerOwner, MOUNT_POINT_MODE, mountMarker } from "./mount-marker.js";
import { isGone, ownIdentity } from "./process-identity.js";

/** Mount points in use by one run. */
export interface HeldMountPoints {
  /** Lets go of them; those that nobody else holds, and that are still ours and empty, are removed. */
  release(): void;
}

/** Makes and removes mount points for one process. */
export class MountPoints {
  readonly #ledgers: AbsolutePath;
  readonly #identity = ownIdentity();
  readonly #recorded = new Set<AbsolutePath>();
  readonly #active = new Set<HeldMountPoints>();
  #runs = 0;

  /** @param codexHome where the ledger is kept by which a later process finds what this one could not remove */
  constructor(codexHome: AbsolutePath) {
    this.#ledgers = path.join(codexHome, "tmp", "sandbox-mount-points");
  }

  /** Makes what is missing and holds it. Where we may not create the folder, the command may not either: it is passed over. */
  hold(folders: readonly AbsolutePath[]): HeldMountPoints {
    this.#runs += 1;
    const marker = mountMarker(this.#identity, this.#runs);
    const held = folders.flatMap((folder) => {
      this.#record(folder);
      const inode = holdOne(folder, marker);
      return inode === undefined ? [] : [{ folder, inode }];
    });
    const handle = {
      release: () => {
        this.#active.delete(handle);
        for (const { folder, inode } of held.splice(0)) {
          releaseOne(folder, marker, inode);
        }
      },
    };
    this.#active.add(handle);
    return handle;
  }

  /** Written before the folder is made, so that a kill in between leaves a name in the ledger and not a riddle on the disk. */
  #record(folder: AbsolutePath): void {
    if (this.#recorded.has(folder)) {
      return;
    }
    if (this.#recorded.size === 0) {
      this.#begin();
    }
    this.#recorded.add(folder);
    try {
      appendFileSync(path.join(this.#ledgers, this.#identity), `${folder}\0`, { mode: 0o600 });
    } catch {
      // An unwritable CODEX_HOME costs only the cleaning up after a kill.
    }
  }

  #begin(): void {
    try {
      mkdirSync(this.#ledgers, { recursive: true, mode: 0o700 });
      sweep(this.#ledgers);
    } catch {
      // As above.
    }
    atExit(() => {
      this.#active.forEach((held) => held.release());
      removeFile(path.join(this.#ledgers, this.#identity));
    });
  }
}

/** One listener for all, however many homes a process works with: a process with many listeners warns of a leak. */
const endings: (() => void)[] = [];

function atExit(end: () => void): void {
  if (endings.push(end) === 1) {
    process.once("exit", () => endings.forEach((each) => each()));
  }
}

/** Attempts before giving up on a folder that others keep removing. */
const ATTEMPTS = 20;

/** The inode of the held folder; undefined when it is somebody's own by now (mounted as it is) or cannot be made. */
function holdOne(folder: AbsolutePath, marker: string): number | undefined {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      if (!makeFolder(folder) && !isOwnMountPoint(folder)) {
        return undefined;
      }
      removeStaleMarkers(folder);
      closeSync(openSync(path.join(folder, marker), "wx", 0o600));
      return lstatSync(folder).ino;
    } catch (error) {
      if (errorCode(error) !== "ENOENT") {
        return undefined;
      }
      // Another run removed the folder between two of our steps: once more.
    }
  }
  return undefined;
}

/** Whether there was none. */
function makeFolder(folder: AbsolutePath): boolean {
  try {
    mkdirSync(folder, { mode: MOUNT_POINT_MODE });
    return true;
  } catch (error) {
    if (errorCode(error) !== "EEXIST") {
      throw error;
    }
    return false;
  }
}

function removeStaleMarkers(folder: AbsolutePath): void {
  for (const name of readdirSync(folder)) {
    const owner = markerOwner(name);
    if (owner !== undefined && isGone(owner)) {
      removeFile(path.join(folder, name));
    }
  }
}

function releaseOne(folder: AbsolutePath, marker: string, inode: number): void {
  // Asked while the marker is still in it: without one, not every file system lets us tell.
  const ours = isOwnMountPoint(folder);
  removeFile(path.join(folder, marker));
  if (inodeOf(folder) !== inode) {
    return;
  }
  if (ours) {
    removeEmpty(folder);
  } else {
    giveAway(folder);
  }
}

function inodeOf(folder: AbsolutePath): number | undefined {
  try {
    return lstatSync(folder).ino;
  } catch {
    // Gone already, or out of our reach by now.
    return undefined;
  }
}

/** Somebody has made the folder their own (`git init` in another terminal): it gets the mode that they would have given it. */
function giveAway(folder: AbsolutePath): void {
  try {
    chmodSync(folder, 0o777 & ~process.umask());
  } catch {
    // Removed or replaced at this moment.
  }
}

function removeEmpty(folder: AbsolutePath): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody else holds it, has filled it, or has removed it already.
  }
}

/** Removes what processes that are gone have left behind. */
function sweep(ledgers: AbsolutePath): void {
  for (const identity of readdirSync(ledgers).filter(isGone)) {
    const ledger = path.join(ledgers, identity);
    for (const folder of readFileSync(ledger, "utf8").split("\0").filter(Boolean)) {
      if (isOwnMountPoint(folder)) {
        removeStaleMarkers(folder);
        removeEmpty(folder);
      }
    }
    removeFile(ledger);
  }
}

function removeFile(file: AbsolutePath): void {
  try {
    unlinkSync(file);
  } catch {
    // Gone already, or in a folder that is gone already.
  }
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
