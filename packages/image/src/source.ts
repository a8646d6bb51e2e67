/** Where an image comes from. */

import { readFile, stat } from "node:fs/promises";
import { unreadable } from "./image-error.js";

/** A file, or bytes that were read already with the path to name in errors. */
export type ImageSource = string | { path: string; bytes: Uint8Array };

/** Bytes that are read at most: no picture that a model is to see comes near. */
const MAX_FILE_MIB = 64;

/** The bytes of an image; rejects with an `ImageError` when the file cannot be read. */
export async function readImage(source: ImageSource): Promise<{ path: string; bytes: Uint8Array }> {
  if (typeof source !== "string") return source;
  try {
    const found = await stat(source);
    // Reading a pipe or a device may take forever, or all memory. A folder has the system's own words.
    if (!found.isFile() && !found.isDirectory()) throw new Error("it is neither a file nor a link to one");
    if (found.size > MAX_FILE_MIB << 20) throw new Error(`it is larger than ${MAX_FILE_MIB} MiB`);
    return { path: source, bytes: await readFile(source) };
  } catch (cause) {
    throw unreadable(source, cause);
  }
}
