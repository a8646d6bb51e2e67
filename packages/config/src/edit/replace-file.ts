/** Replaces a file all or nothing: a new file beside it, synced, renamed over it. */

import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";

/** How many links are followed before a chain counts as a circle. */
const MAX_LINKS = 40;

/**
 * The file behind a chain of links, which need not exist yet. Null when the chain is a circle or cannot be read: then
 * the link itself is replaced, and nothing is read through it.
 */
export function linkTarget(path: string): string | null {
  let target = path;
  for (let links = 0; links < MAX_LINKS; links++) {
    try {
      if (!(lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink() ?? false)) {
        return target;
      }
      target = resolve(dirname(target), readlinkSync(target));
    } catch {
      // Not readable as a link: as good as a circle.
      return null;
    }
  }
  return null;
}

/**
 * Writes `text` so that readers see the old content or the new one, whatever happens in between.
 * @param mode permissions of the new file
 * @throws the operating system's error; the old file is untouched then
 */
export function replaceFile(path: string, text: string, mode = 0o600): void {
  const target = linkTarget(path) ?? path;
  mkdirSync(dirname(target), { recursive: true });
  const temporary = join(dirname(target), `.${process.pid}-${uniqueNumber()}.tmp`);
  try {
    const file = openSync(temporary, "wx", mode);
    try {
      writeAll(file, Buffer.from(text, "utf8"));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) {
    at += writeSync(file, bytes, at);
  }
}

let lastNumber = 0;

function uniqueNumber(): string {
  lastNumber++;
  return `${Date.now().toString(36)}${lastNumber.toString(36)}`;
}
