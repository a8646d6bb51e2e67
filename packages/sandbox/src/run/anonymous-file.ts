/** Files without a name: how bytes reach a child through an inherited descriptor without being seen in its arguments. */

import { randomBytes } from "node:crypto";
import { closeSync, constants, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Memory-backed where the system has such a folder. */
const FOLDERS = ["/dev/shm", tmpdir()];

/**
 * A new file, open for reading and writing at position 0, private to us and already without a name.
 * The caller closes it.
 */
export function openAnonymousFile(bytes: Uint8Array = new Uint8Array()): number {
  const fd = createUnlinked();
  try {
    // Written at explicit positions: the position that the child inherits stays at the start.
    for (let at = 0; at < bytes.length;) {
      at += writeSync(fd, bytes, at, bytes.length - at, at);
    }
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** The whole content. */
export function readAnonymousFile(fd: number): string {
  const buffer = Buffer.alloc(4096);
  return buffer.toString("utf8", 0, readSync(fd, buffer, 0, buffer.length, 0));
}

function createUnlinked(): number {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL;
  const failures: unknown[] = [];
  for (const folder of FOLDERS) {
    const name = path.join(folder, `.codex-${randomBytes(12).toString("hex")}`);
    try {
      const fd = openSync(name, flags, 0o600);
      unlinkSync(name);
      return fd;
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(failures, "no folder for temporary files can be written");
}
