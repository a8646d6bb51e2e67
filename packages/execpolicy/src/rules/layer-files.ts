/** Finds and reads the rules files of one layer. */

import { constants } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { reasonOf } from "./system-errors.js";

/** A file's text, or why there is none. */
export type FoundFile =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly unreadable: string };

/** Bytes of one file. Rules files are written by hand; a larger one is a mistake or an attack. */
const MOST_BYTES = 4 * 1024 * 1024;
/** Files of one layer, for the same reason. */
const MOST_FILES = 256;
const EXTENSION = ".rules";

/** Regular files named `*.rules` in `<dir>/rules`, sorted by name; links and folders are passed over. Never rejects. */
export async function readLayer(dir: string): Promise<FoundFile[]> {
  const folder = join(dir, "rules");
  let names: string[];
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    names = entries.filter((entry) => entry.isFile() && isRulesName(entry.name)).map((entry) => entry.name);
  } catch (error) {
    const reason = reasonOf(error);
    return reason.missing
      ? []
      : [{ path: folder, unreadable: `failed to read rules files from ${folder}: ${reason.text}` }];
  }
  names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const found: FoundFile[] = [];
  for (const name of names.slice(0, MOST_FILES)) found.push(await readOne(join(folder, name)));
  if (names.length > MOST_FILES)
    found.push({ path: folder, unreadable: `more than ${MOST_FILES} rules files in ${folder}` });
  return found;
}

/** A name that is nothing but the extension has none. */
function isRulesName(name: string): boolean {
  return name.endsWith(EXTENSION) && name.length > EXTENSION.length;
}

async function readOne(path: string): Promise<FoundFile> {
  try {
    return { path, text: await readRulesFile(path) };
  } catch (error) {
    return { path, unreadable: `failed to read rules file ${path}: ${reasonOf(error).text}` };
  }
}

/** Not through a link and not from a pipe, whatever took the file's place since the folder was read. */
async function readRulesFile(path: string): Promise<string> {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new Error("not a regular file");
    if (stats.size > MOST_BYTES) throw new Error(`larger than ${MOST_BYTES} bytes`);
    return decode(await handle.readFile());
  } finally {
    await handle.close();
  }
}

/** @throws Error in the original's words when the bytes are not UTF-8; a byte order mark stays and is an error later */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new Error("stream did not contain valid UTF-8", { cause: error });
  }
}
