/** Where an image comes from. */

import { readFile } from "node:fs/promises";
import { unreadable } from "./image-error.js";

/** A file, or bytes that were read already with the path to name in errors. */
export type ImageSource = string | { path: string; bytes: Uint8Array };

/** The bytes of an image; rejects with an `ImageError` when the file cannot be read. */
export async function readImage(source: ImageSource): Promise<{ path: string; bytes: Uint8Array }> {
  if (typeof source !== "string") return source;
  try {
    return { path: source, bytes: await readFile(source) };
  } catch (cause) {
    throw unreadable(source, cause);
  }
}
